import { join, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { conditions, FactQuery, type Population } from '#platform/statistics';
import type { DialogueFact } from './dialogue.fact.ts';
import type { MessengerName } from './messenger.ts';

/** A dialogue as the list reads it. Instants are epoch milliseconds, money millionths. */
export interface ListedDialogue {
  id: string;
  chat_id: string;
  messenger: MessengerName;
  bot_id: string | null;
  operator_ids: string[];
  started_at: number;
  closed_at: number | null;
  client_messages: number;
  bot_messages: number;
  operator_messages: number;
  price_micros: string;
}

/** Name of the list and its order in cursors. */
export const DIALOGUE_LIST = 'dialogues';

/** A page of exactly the dialogues that a population counts, newest first by their start. */
export async function listDialogues(
  transaction: Transaction,
  population: Population<DialogueFact>,
  page: Page,
): Promise<ConnectionOf<ListedDialogue>> {
  const { period, companyId } = population;
  const { where, orderAndLimit } = pageClauses(page, sql`started_at`, sql`id`, timestamp);
  const rows = await transaction.query<ListedDialogue>(
    'dialogues.list',
    sql`SELECT id, chat_id, messenger, bot_id, operator_ids, started_at, closed_at, client_messages, bot_messages,
        operator_messages, price_micros
      FROM dialogues WHERE company_id = ${companyId}
        AND started_at >= ${timestamp(period.from)} AND started_at < ${timestamp(period.to)}${join([conditions(population), where], sql``)}${orderAndLimit}`,
  );
  const count = async () => Number((await new FactQuery({ transaction, population }).totals()).sums.total);
  return toConnection(page, DIALOGUE_LIST, rows, (row) => ({ at: row.started_at, id: row.id }), count);
}
