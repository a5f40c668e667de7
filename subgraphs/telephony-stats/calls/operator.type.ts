import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'Somebody who answers clients, in chats or by telephone.' })
export class Operator {
  @Field(() => ID, { description: "The platform's id of the operator." })
  id!: string;
}
