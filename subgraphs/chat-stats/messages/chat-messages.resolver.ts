import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { ConnectionArgs, PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { formatInstant } from '#platform/time';
import { ChatAuthor } from '../dialogues/chat.enums.ts';
import { ChatFilter } from '../dialogues/chat-filter.ts';
import { chatMessagePopulation, readChatQuestion } from '../dialogues/chat-population.ts';
import { Operator } from '../directory/operator.type.ts';
import { ChatMessage, ChatMessageConnection } from './chat-message.type.ts';
import { CHAT_MESSAGE_LIST, type ListedChatMessage, listChatMessages } from './list-chat-messages.ts';

@Resolver()
export class ChatMessagesResolver {
  @Authorized('stats:read')
  @Query(() => ChatMessageConnection, {
    nullable: true,
    description:
      'Exactly the messages that chatStats counts for the same period, filter and authors, newest first by their sending, then ' +
      'by id descending.',
  })
  async chatMessages(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period.' }) period: PeriodInput,
    @Arg('filter', () => ChatFilter, { nullable: true, description: 'Of which dialogues; default: of all.' })
    filter: ChatFilter | null | undefined,
    @Arg('authors', () => [ChatAuthor], { nullable: true, description: 'Written by these; default: by anybody.' })
    authors: (keyof typeof ChatAuthor)[] | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const question = await readChatQuestion(context, period, filter);
    const page = readPage(args, CHAT_MESSAGE_LIST);
    const population = chatMessagePopulation(question, authors);
    const { edges, ...rest } = await listChatMessages(question.transaction, population, page);
    const { timeZone } = question.period;
    const shown = edges.map(({ cursor, node }) => {
      return { cursor, node: toChatMessage(node, timeZone, question.company.currency) };
    });
    return Object.assign(new ChatMessageConnection(), { ...rest, edges: shown });
  }
}

/** A message with its time in the period's zone. */
function toChatMessage(row: ListedChatMessage, timeZone: string, currency: string): ChatMessage {
  return Object.assign(new ChatMessage(), {
    id: row.id,
    dialogueId: row.dialogue_id,
    author: row.author,
    operator: row.operator_id === null ? null : new Operator(row.operator_id),
    sentAt: formatInstant(row.sent_at, timeZone),
    price: row.price_micros === null ? null : { amount: formatAmount(row.price_micros, currency), currency },
  });
}
