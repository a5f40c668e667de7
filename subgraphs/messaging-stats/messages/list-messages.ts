import { join, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { axisColumn, conditions, FactQuery, type Population, requireRows } from '#platform/statistics';
import type { MessageFact } from './message.fact.ts';
import type { Channel, MessageStatus } from './message-status.ts';

/** A message as the list reads it. Instants are epoch milliseconds, money millionths. */
export interface ListedMessage {
  id: string;
  channel: Channel;
  status: MessageStatus;
  created_at: number;
  sent_at: number | null;
  status_at: number;
  sms_parts: number;
  price_micros: string | null;
  error_code: string | null;
  notification_id: string;
}

/** Name of the list and its order in cursors. */
export const messageListName = (population: Population<MessageFact>) => `messages by ${population.axis}`;

/** A page of exactly the messages that a population counts, newest first by the axis of the population. */
export async function listMessages(
  transaction: Transaction,
  population: Population<MessageFact>,
  page: Page,
): Promise<ConnectionOf<ListedMessage>> {
  const { period, axis } = population;
  await requireRows(transaction, population.fact, period);
  const at = axisColumn(population.fact, axis);
  const { where, orderAndLimit } = pageClauses(page, at, sql`id`, timestamp);
  const rows = await transaction.query<ListedMessage>(
    'messages.list',
    sql`SELECT id, channel, status, created_at, sent_at, status_at, sms_parts, price_micros, error_code,
        coalesce(notification_id, id) AS notification_id
      FROM messages WHERE company_id = ${population.companyId}
        AND ${at} >= ${timestamp(period.from)} AND ${at} < ${timestamp(period.to)}${join([conditions(population), where], sql``)}${orderAndLimit}`,
  );
  const placeOf = (row: ListedMessage) => ({
    at: (axis === 'SENT_AT' ? row.sent_at : row.created_at) ?? 0,
    id: row.id,
  });
  const count = async () => Number((await new FactQuery({ transaction, population }).totals()).sums.total);
  return toConnection(page, messageListName(population), rows, placeOf, count);
}
