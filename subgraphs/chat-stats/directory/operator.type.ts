import { Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import { nameOf } from '#platform/directory';
import { connectionTypes, type RequestContext } from '#platform/graphql';
import { groupMembers } from './group-members.ts';
import { groupEntries, operatorEntries } from './named-ids.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Somebody who answers clients, in chats or by telephone.' })
export class Operator {
  @Field(() => ID, { description: "The platform's id of the operator." })
  id: string;

  constructor(id: string) {
    this.id = id;
  }

  @Field(() => String, { description: 'Their name; the id where no directory line has named it.' })
  async name(@Ctx() context: RequestContext): Promise<string> {
    return nameOf(this.id, await context.once(operatorEntries).load(this.id));
  }

  @Field(() => [OperatorGroup], {
    description: 'The groups that they belong to now, as the directory lists them; deleted ones are left out.',
  })
  async groups(@Ctx() context: RequestContext): Promise<OperatorGroup[]> {
    const entry = await context.once(operatorEntries).load(this.id);
    const ids = entry?.details.groupIds ?? [];
    const entries = await Promise.all(ids.map((id) => context.once(groupEntries).load(id)));
    return ids.filter((_, index) => entries[index]?.name !== null).map((id) => new OperatorGroup(id));
  }
}

@ObjectType({ description: 'A group of operators.' })
export class OperatorGroup {
  @Field(() => ID, { description: "The platform's id of the group." })
  id: string;

  constructor(id: string) {
    this.id = id;
  }

  @Field(() => String, { description: 'Its name; the id where no directory line has named it.' })
  async name(@Ctx() context: RequestContext): Promise<string> {
    return nameOf(this.id, await context.once(groupEntries).load(this.id));
  }

  @Field(() => [Operator], { description: 'Its members now, by name, then by id; empty where it has none.' })
  async operators(@Ctx() context: RequestContext): Promise<Operator[]> {
    const members = await context.once(groupMembers).load(this.id);
    return members.map((id) => new Operator(id));
  }
}

export const { Connection: OperatorConnection } = connectionTypes(Operator, 'operators');

/** Resolves an operator that another subgraph refers to; whatever the id, there is one. */
export function resolveOperatorReference({ id }: { id: string }): Operator {
  return new Operator(id);
}
