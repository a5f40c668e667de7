import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A member of staff, as the token named them at the moment of the act.' })
export class StaffMember {
  @Field({ description: 'Full name; the name of the program where a program acted.' })
  fullName!: string;

  @Field({ description: 'E-mail address; empty where the token carried none.' })
  email!: string;
}
