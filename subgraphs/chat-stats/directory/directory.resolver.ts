import { Arg, Authorized, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { listNamedIds, type NamedIds, readNamedIds, requireKnownIds } from '#platform/directory';
import { type RequestContext, readNamedPage } from '#platform/graphql';
import { Bot, BotConnection } from './bot.type.ts';
import { Chat, ChatConnection } from './chat.type.ts';
import { memberOf } from './group-members.ts';
import { BOTS, CHATS, OPERATOR_GROUPS, OPERATORS } from './named-ids.ts';
import { Operator, OperatorConnection, OperatorGroup } from './operator.type.ts';

const FIRST = { nullable: true, description: 'How many entries from the start; default 50, at most 1000.' } as const;
const AFTER = { nullable: true, description: 'Only entries after this cursor.' } as const;
const LISTED =
  'by name, then by id: those of the directory, and those that events name, each with its id as its name until a directory ' +
  'line names it. Deleted ones are left out.';

type Optional<T> = T | null | undefined;

@Resolver()
export class DirectoryResolver {
  @Authorized('stats:read')
  @Query(() => ChatConnection, { nullable: true, description: `Chats ${LISTED}` })
  async chats(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, FIRST) first: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
  ) {
    const page = await list(context, CHATS, { first, after, list: 'chats' }, (id) => new Chat(id));
    return Object.assign(new ChatConnection(), page);
  }

  @Authorized('stats:read')
  @Query(() => OperatorConnection, { nullable: true, description: `Operators ${LISTED}` })
  async operators(
    @Ctx() context: RequestContext,
    @Arg('groupIds', () => [ID], {
      nullable: true,
      description: 'Only members of these groups in the directory now; default: all.',
    })
    groupIds: Optional<string[]>,
    @Arg('first', () => Int, FIRST) first: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
  ) {
    await requireKnownIds(await context.transaction(), OPERATOR_GROUPS, groupIds, ['groupIds']);
    const options = { first, after, list: 'operators', where: memberOf(groupIds) };
    const page = await list(context, OPERATORS, options, (id) => new Operator(id));
    return Object.assign(new OperatorConnection(), page);
  }

  @Authorized('stats:read')
  @Query(() => [OperatorGroup], { nullable: true, description: `Groups of operators ${LISTED}` })
  async operatorGroups(@Ctx() context: RequestContext): Promise<OperatorGroup[]> {
    await context.company();
    const groups = await readNamedIds(await context.transaction(), OPERATOR_GROUPS);
    return groups.map(({ id }) => new OperatorGroup(id));
  }

  @Authorized('stats:read')
  @Query(() => BotConnection, { nullable: true, description: `Bots of chats ${LISTED}` })
  async bots(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, FIRST) first: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
  ) {
    const page = await list(context, BOTS, { first, after, list: 'bots' }, (id) => new Bot(id));
    return Object.assign(new BotConnection(), page);
  }
}

/** A page of the ids of a kind as the nodes that clients see. */
async function list<Node>(
  context: RequestContext,
  ids: NamedIds,
  options: { first: Optional<number>; after: Optional<string>; list: string; where?: ReturnType<typeof memberOf> },
  toNode: (id: string) => Node,
) {
  await context.company();
  const page = readNamedPage(options, options.list);
  const { edges, ...rest } = await listNamedIds(await context.transaction(), ids, page, options);
  return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, node: toNode(node.id) })) };
}
