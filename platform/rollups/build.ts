import { readCompany } from '#platform/companies';
import { type CompanyId, type Database, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { lockCompany } from '#platform/ingest';
import {
  axisNumber,
  LEVELS,
  type Level,
  type LeveledFact,
  levelColumn,
  levelDimensions,
  levelShape,
  levelTable,
  QUARTER_MS,
  readRollupState,
} from '#platform/statistics';
import { type Instant, localDayStarts, TIME_ZONE_RULES } from '#platform/time';
import { addToQuarters, type DayStarts, makeFromQuarters, namedTotals } from './spread.ts';

/**
 * Makes the levels of a company from its raw rows, the first time or anew, while events keep coming in. First the company is told,
 * under the ingest lock, to write deltas from now on. Then a transaction that sees nothing but one moment replaces levels and
 * deltas by the sums of the rows: what it sees of either is of the same batches, and every batch that it does not see has left
 * its deltas for later. Until all of it stands, answers come from raw rows (where rows are gone, from the old levels). A process
 * that dies on the way leaves the status `building`, and whoever comes next begins anew. Who calls it holds the company's rollup lock.
 */
export async function buildLevels(database: Database, companyId: CompanyId, fact: LeveledFact): Promise<void> {
  const keptZone = await database.write(companyId, async (transaction) => {
    // No batch is under way that has read the old status.
    await lockCompany(transaction);
    const { status, rowsFrom, timeZone } = await readRollupState(transaction, fact);
    // Sums of rows that are gone must stay readable; deltas are written already.
    if (status === 'rolled' && rowsFrom !== null) return timeZone;
    await setStatus(transaction, fact, 'building');
    return null;
  });
  const made = await database.rebuild(companyId, async (transaction) => {
    const timeZone = keptZone ?? (await readCompany(transaction)).timeZone;
    await makeLevels(transaction, fact, timeZone);
    return { timeZone, missing: await countMissing(transaction, fact) };
  });
  await database.write(companyId, (transaction) => setRolled(transaction, fact, made.timeZone, made.missing));
}

/** Takes the levels of a company away; from now on it is answered from raw rows. */
export async function dropLevels(database: Database, companyId: CompanyId, fact: LeveledFact): Promise<void> {
  await database.write(companyId, async (transaction) => {
    // Nobody writes deltas between the change of the status and the removal of those that are there.
    await lockCompany(transaction);
    await setStatus(transaction, fact, 'raw');
    for (const table of [...LEVELS, 'delta'] as const) await clear(transaction, fact, table);
  });
}

/** Makes the local days anew in another zone, or by other rules of the same zone. */
export async function rebuildDays(transaction: Transaction, fact: LeveledFact, timeZone: string): Promise<void> {
  await makeFromQuarters(transaction, fact, 'day', await daysOfQuarters(transaction, fact, timeZone));
  await setRolled(transaction, fact, timeZone, 0);
}

/** Quarters from the rows, hours and days from the quarters. What rows that are gone have left in the quarters stays. */
async function makeLevels(transaction: Transaction, fact: LeveledFact, timeZone: string): Promise<void> {
  const { rowsFrom, shape } = await readRollupState(transaction, fact);
  if (rowsFrom !== null && shape !== null && shape !== levelShape(fact)) {
    throw new Error(`${fact.name} are declared otherwise than when their sums were made, and rows of these are gone`);
  }
  for (const table of ['quarter', 'delta'] as const) await clear(transaction, fact, table, rowsFrom);
  for (const axis of Object.keys(fact.axes)) {
    await addToQuarters(transaction, fact, quartersOf(transaction, fact, axis, rowsFrom));
  }
  const days = await daysOfQuarters(transaction, fact, timeZone);
  for (const level of ['hour', 'day'] as const) await makeFromQuarters(transaction, fact, level, days);
}

/** The starts of the local days in which the quarters stand. */
async function daysOfQuarters(transaction: Transaction, fact: LeveledFact, timeZone: string): Promise<DayStarts> {
  const [range] = await transaction.arrays<[Instant | null, Instant | null]>(
    `${fact.name}.quarters_range`,
    sql`SELECT min(bucket), max(bucket) FROM ${levelTable(fact, 'quarter')} WHERE company_id = ${transaction.companyId}`,
  );
  return localDayStarts(range?.[0] ?? 0, range?.[1] ?? 0, timeZone);
}

/** Sums of the raw rows of an axis by quarter and keys, as levels have them; of all rows, or of those from a moment on. */
export function quartersOf(
  { companyId }: Transaction,
  fact: LeveledFact,
  axis: string,
  since: Instant | null = null,
): Sql {
  const at = fact.axes[axis] as Sql;
  const keys = levelDimensions(fact).map((name) => {
    return sql`(${fact.dimensions[name]?.key ?? sql`''`}) COLLATE "C" AS ${levelColumn(name)}`;
  });
  const shares = Object.entries(fact.sums).map(([name, { value }]) => sql`${value} AS ${levelColumn(name)}`);
  const quarter = sql`date_bin(${QUARTER_MS / 1000} * interval '1 second', ${at}, ${timestamp(0)}::timestamptz) AS bucket`;
  const columns = levelDimensions(fact).map(levelColumn);
  return sql`SELECT ${axisNumber(fact, axis)}::smallint AS axis, bucket, ${join([...columns, ...namedTotals(fact)])}
    FROM (SELECT ${join([quarter, ...keys, ...shares])} FROM ${fact.table}
      WHERE company_id = ${companyId} AND ${at} IS NOT NULL${from(at, since)}) shares
    GROUP BY ${join([sql`bucket`, ...columns])}`;
}

/** How many rows more there are than were counted. What is counted wrongly may be mended by as many, whoever counts meanwhile. */
async function countMissing(transaction: Transaction, fact: LeveledFact): Promise<number> {
  const { rowCount } = await readRollupState(transaction, fact);
  const [row] = await transaction.arrays<[string]>(
    `${fact.name}.count`,
    sql`SELECT count(*) FROM ${fact.table} WHERE company_id = ${transaction.companyId}`,
  );
  return Number(row?.[0] ?? 0) - rowCount;
}

async function clear(
  transaction: Transaction,
  fact: LeveledFact,
  table: Level | 'delta',
  since: Instant | null = null,
): Promise<void> {
  await transaction.execute(
    `${fact.name}.clear_${table}`,
    sql`DELETE FROM ${levelTable(fact, table)} WHERE company_id = ${transaction.companyId}${from(sql`bucket`, since)}`,
  );
}

function from(column: Sql, since: Instant | null): Sql {
  return since === null ? sql`` : sql` AND ${column} >= ${timestamp(since)}`;
}

/** Levels in `building` are remembered as what they were, in case that rows of theirs are gone. */
async function setStatus(transaction: Transaction, fact: LeveledFact, status: 'raw' | 'building'): Promise<void> {
  const forgotten = status === 'raw' ? sql`, time_zone = NULL, time_zone_rules = NULL, shape = NULL` : sql``;
  await setState(transaction, fact, sql`status = ${status}${forgotten}`);
}

async function setRolled(
  transaction: Transaction,
  fact: LeveledFact,
  timeZone: string,
  missing: number,
): Promise<void> {
  const made = sql`row_count = row_count + ${missing}::bigint, time_zone = ${timeZone}, time_zone_rules = ${TIME_ZONE_RULES}, shape = ${levelShape(fact)}`;
  await setState(transaction, fact, sql`status = 'rolled', ${made}`);
}

async function setState(transaction: Transaction, fact: LeveledFact, columns: Sql): Promise<void> {
  await transaction.execute(
    'rollup_state.set',
    sql`UPDATE rollup_state SET ${columns} WHERE company_id = ${transaction.companyId} AND fact = ${fact.name}`,
  );
}
