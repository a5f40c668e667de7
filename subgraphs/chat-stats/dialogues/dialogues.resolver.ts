import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { ConnectionArgs, PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { formatInstant } from '#platform/time';
import { Bot } from '../directory/bot.type.ts';
import { Chat } from '../directory/chat.type.ts';
import { Operator } from '../directory/operator.type.ts';
import { ChatFilter } from './chat-filter.ts';
import { dialoguePopulation, readChatQuestion } from './chat-population.ts';
import { Dialogue, DialogueConnection } from './dialogue.type.ts';
import { DIALOGUE_LIST, type ListedDialogue, listDialogues } from './list-dialogues.ts';

@Resolver()
export class DialoguesResolver {
  @Authorized('stats:read')
  @Query(() => DialogueConnection, {
    nullable: true,
    description:
      'Exactly the dialogues that chatStats counts for the same period and filter, newest first by their start, then by id ' +
      'descending.',
  })
  async dialogues(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period.' }) period: PeriodInput,
    @Arg('filter', () => ChatFilter, { nullable: true, description: 'Which dialogues; default: all.' })
    filter: ChatFilter | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const question = await readChatQuestion(context, period, filter);
    const page = readPage(args, DIALOGUE_LIST);
    const { edges, ...rest } = await listDialogues(question.transaction, dialoguePopulation(question), page);
    const { timeZone } = question.period;
    const shown = edges.map(({ cursor, node }) => {
      return { cursor, node: toDialogue(node, timeZone, question.company.currency) };
    });
    return Object.assign(new DialogueConnection(), { ...rest, edges: shown });
  }
}

/** A dialogue with its times in the period's zone. */
function toDialogue(row: ListedDialogue, timeZone: string, currency: string): Dialogue {
  return Object.assign(new Dialogue(), {
    id: row.id,
    chat: new Chat(row.chat_id),
    messenger: row.messenger,
    bot: row.bot_id === null ? null : new Bot(row.bot_id),
    operators: row.operator_ids.map((id) => new Operator(id)),
    startedAt: formatInstant(row.started_at, timeZone),
    closedAt: row.closed_at === null ? null : formatInstant(row.closed_at, timeZone),
    clientMessages: row.client_messages,
    botMessages: row.bot_messages,
    operatorMessages: row.operator_messages,
    price: { amount: formatAmount(row.price_micros, currency), currency },
  });
}
