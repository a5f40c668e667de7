import { join, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { conditions, FactQuery, type Population } from '#platform/statistics';
import type { CallFact } from './call.fact.ts';
import type { CallDirection, CallStatus } from './call-status.ts';

/** A call as the list reads it. Instants are epoch milliseconds, money millionths. */
export interface ListedCall {
  id: string;
  direction: CallDirection;
  status: CallStatus;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  talk_seconds: number | null;
  trunk_id: string | null;
  bot_id: string | null;
  operator_id: string | null;
  evaluation: string | null;
  cause: string | null;
  price_micros: string | null;
}

/** Name of the list in cursors. */
export const CALL_LIST = 'calls';

/** A page of exactly the calls that a population counts, newest first by their start. */
export async function listCalls(
  transaction: Transaction,
  population: Population<CallFact>,
  page: Page,
): Promise<ConnectionOf<ListedCall>> {
  const { period } = population;
  const { where, orderAndLimit } = pageClauses(page, sql`started_at`, sql`root_id`, timestamp);
  const rows = await transaction.query<ListedCall>(
    'calls.list',
    sql`SELECT root_id AS id, direction, status, started_at, answered_at, ended_at, talk_seconds, trunk_id, bot_id,
        operator_id, evaluation, cause, price_micros
      FROM calls WHERE company_id = ${population.companyId}
        AND started_at >= ${timestamp(period.from)} AND started_at < ${timestamp(period.to)}${join([conditions(population), where], sql``)}${orderAndLimit}`,
  );
  const count = async () => Number((await new FactQuery({ transaction, population }).totals()).sums.total);
  return toConnection(page, CALL_LIST, rows, (row) => ({ at: row.started_at, id: row.id }), count);
}
