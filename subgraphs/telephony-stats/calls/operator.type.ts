import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A person who answers clients.' })
export class Operator {
  @Field(() => ID, { description: "The platform's id of the operator." })
  id!: string;
}
