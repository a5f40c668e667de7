import { join, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { conditions, FactQuery, type Population } from '#platform/statistics';
import type { ChatAuthorName } from './chat-author.ts';
import type { ChatMessageFact } from './chat-message.fact.ts';

/** A chat message as the list reads it. Instants are epoch milliseconds, money millionths. */
export interface ListedChatMessage {
  id: string;
  dialogue_id: string;
  author: ChatAuthorName;
  operator_id: string | null;
  sent_at: number;
  price_micros: string | null;
}

/** Name of the list and its order in cursors. */
export const CHAT_MESSAGE_LIST = 'chat messages';

/** A page of exactly the messages that a population counts, newest first by their sending. */
export async function listChatMessages(
  transaction: Transaction,
  population: Population<ChatMessageFact>,
  page: Page,
): Promise<ConnectionOf<ListedChatMessage>> {
  const { period, companyId, fact } = population;
  const { where, orderAndLimit } = pageClauses(page, sql`sent_at`, sql`id`, timestamp);
  const rows = await transaction.query<ListedChatMessage>(
    'chat_messages.list',
    sql`SELECT id, dialogue_id, author, operator_id, sent_at, price_micros
      FROM ${fact.table} WHERE company_id = ${companyId}
        AND sent_at >= ${timestamp(period.from)} AND sent_at < ${timestamp(period.to)}${join([conditions(population), where], sql``)}${orderAndLimit}`,
  );
  const count = async () => Number((await new FactQuery({ transaction, population }).totals()).sums.total);
  return toConnection(page, CHAT_MESSAGE_LIST, rows, (row) => ({ at: row.sent_at, id: row.id }), count);
}
