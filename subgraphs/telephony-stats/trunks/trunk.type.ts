import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A trunk: a line to a carrier that many calls share.' })
export class Trunk {
  @Field(() => ID, { description: "The platform's id of the trunk." })
  id!: string;

  @Field({ description: 'Its name; its id while the directory has none.' })
  name!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Most calls that it may start within one second; null where no limit is set.',
  })
  callsPerSecondLimit!: number | null;
}
