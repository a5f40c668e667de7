import { readCompany } from '#platform/companies';
import type { Transaction } from '#platform/database';
import { type CompanyId, type Database, join, type Sql, sql, timestamp } from '#platform/database';
import { LineFault, lockCompany, showInstant } from '#platform/ingest';
import { type LeveledFact, readableOf, readRollupState } from '#platform/statistics';
import { type Instant, localDayAround } from '#platform/time';

/** How long rows are kept one by one, and the moment from which that is counted back. */
export interface Retention {
  readonly days: number;
  readonly moment: Instant;
}

const DAY_MS = 86_400_000;
/** Most rows that one transaction drops: others who write for the company wait for it. */
const MOST_ROWS = 5_000;

/**
 * Drops the rows of a company that has levels which lie before the local day so many days ago on every axis; their sums stay. From
 * then on questions that need them are refused, and so are lines of events that nothing is known of any more.
 */
export async function dropOldRows(
  database: Database,
  companyId: CompanyId,
  fact: LeveledFact,
  rowKey: Sql,
  { days, moment }: Retention,
): Promise<void> {
  const rowsFrom = await database.write(companyId, async (transaction) => {
    await lockCompany(transaction);
    const { timeZone } = await readCompany(transaction);
    const { from } = localDayAround(moment - days * DAY_MS, timeZone);
    const { rowsFrom: known } = await readRollupState(transaction, fact);
    // A longer retention brings no rows back.
    if (known !== null && known >= from) return known;
    await transaction.execute(
      'rollup_state.set_rows_from',
      sql`UPDATE rollup_state SET rows_from = ${timestamp(from)}
        WHERE company_id = ${companyId} AND fact = ${fact.name}`,
    );
    return from;
  });
  while (await database.write(companyId, (transaction) => dropSome(transaction, fact, rowKey, rowsFrom)));
}

/** Drops some of the rows before a moment; whether there may be more. */
async function dropSome(transaction: Transaction, fact: LeveledFact, rowKey: Sql, before: Instant): Promise<boolean> {
  const { companyId } = transaction;
  await lockCompany(transaction);
  const isOld = Object.values(fact.axes).map((at) => sql`coalesce(${at} < ${timestamp(before)}, true)`);
  const [first = sql`true`] = Object.values(fact.axes).map((at) => sql`${at} < ${timestamp(before)}`);
  const rows = await transaction.arrays<[string]>(
    `${fact.name}.old`,
    sql`SELECT ${rowKey} FROM ${fact.table} WHERE company_id = ${companyId} AND ${first} AND ${join(isOld, sql` AND `)}
      LIMIT ${MOST_ROWS}`,
  );
  if (rows.length === 0) return false;
  const dropped = await transaction.execute(
    `${fact.name}.drop_old`,
    sql`DELETE FROM ${fact.table} WHERE company_id = ${companyId} AND ${rowKey} = ANY(${rows.map(([key]) => key)}::text[])`,
  );
  await transaction.execute(
    'rollup_state.drop_rows',
    sql`UPDATE rollup_state SET row_count = row_count - ${dropped}::bigint WHERE company_id = ${companyId} AND fact = ${fact.name}`,
  );
  return rows.length === MOST_ROWS;
}

/** What refuses lines of events from before the rows that are kept, by the moment that `momentOf` says. */
export async function readAgeLimit<Line>(
  transaction: Transaction,
  fact: LeveledFact,
  field: string,
  momentOf: (line: Line) => Instant,
): Promise<(line: Line) => LineFault | undefined> {
  const { rowsFrom } = await readableOf(transaction, fact);
  return (line) => {
    const moment = momentOf(line);
    if (rowsFrom === null || moment >= rowsFrom) return undefined;
    const problem = `${field} ${showInstant(moment)} lies before ${showInstant(rowsFrom)}, and of that time only sums are kept`;
    return new LineFault('TOO_OLD', `${problem}; leave such events out.`, field);
  };
}
