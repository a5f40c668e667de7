import { type Sql, sql, type Transaction } from '#platform/database';
import { type NamedIds, requireKnownIds } from '#platform/directory';

/** Filters of calls by id. */
export interface CallIds {
  readonly trunkIds?: readonly string[] | null;
  readonly botIds?: readonly string[] | null;
  readonly operatorIds?: readonly string[] | null;
}

/** Ids of trunks that the directory or a leg names. */
export const TRUNK_IDS: NamedIds = { kind: 'TRUNK', seen: seenIn(sql`trunk_id`) };
const BOT_IDS: NamedIds = { kind: 'BOT', seen: seenIn(sql`bot_id`) };
const OPERATOR_IDS: NamedIds = { kind: 'OPERATOR', seen: seenIn(sql`operator_id`) };

/** Throws where a filter names ids that neither the directory nor any event of the company knows. */
export async function requireKnownCallIds(transaction: Transaction, filter: CallIds | null | undefined): Promise<void> {
  await requireKnownIds(transaction, TRUNK_IDS, filter?.trunkIds, ['filter', 'trunkIds']);
  await requireKnownIds(transaction, BOT_IDS, filter?.botIds, ['filter', 'botIds']);
  await requireKnownIds(transaction, OPERATOR_IDS, filter?.operatorIds, ['filter', 'operatorIds']);
}

function seenIn(column: Sql): NamedIds['seen'] {
  return ({ companyId }) =>
    sql`SELECT ${column} AS id FROM call_legs WHERE company_id = ${companyId} AND ${column} IS NOT NULL`;
}
