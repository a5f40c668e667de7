import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { LEVELS, type Level, type LeveledFact, levelColumn, levelDimensions, levelTable } from '#platform/statistics';
import { HOUR_MS, type Instant } from '#platform/time';

/** Where local days begin: ascending starts, and the end of the last day. They hold every bucket that is placed by them. */
export type DayStarts = readonly Instant[];

/**
 * Adds sums to all levels and cuboids of the transaction's company with one statement, and drops the rows that are left with
 * nothing. Rows are written in the order of their keys.
 * @param source common table expressions; the one called `source` has the columns axis, bucket (of quarters), the keys and the sums
 */
export async function spread(transaction: Transaction, fact: LeveledFact, source: Sql, days: DayStarts): Promise<void> {
  const emptied = await transaction.arrays<[Level, string]>(
    `${fact.name}.spread`,
    sql`WITH ${source}, sums AS (${byCuboid(fact)}),
      ${join(LEVELS.map((level) => sql`${written(level)} AS (${writeLevel(transaction, fact, level, days)})`))}
      ${join(
        LEVELS.map((level) => sql`SELECT ${level}, bucket::text FROM ${written(level)} WHERE is_empty GROUP BY bucket`),
        sql` UNION ALL `,
      )}`,
  );
  for (const level of LEVELS) {
    const buckets = emptied.filter((row) => row[0] === level).map((row) => row[1]);
    if (buckets.length > 0) await dropEmpty(transaction, fact, level, buckets);
  }
}

const written = (level: Level) => identifier(`written_${level}`);

/** Adds sums by quarter, a statement with the columns of `source`, to the quarters of all cuboids, where these have nothing from that time yet. */
export async function addToQuarters(transaction: Transaction, fact: LeveledFact, source: Sql): Promise<void> {
  const columns = [...keyColumns(fact), ...sumColumns(fact)];
  await transaction.execute(
    `${fact.name}.make_quarter`,
    sql`WITH source AS (${source}), sums AS (${byCuboid(fact)})
      INSERT INTO ${levelTable(fact, 'quarter')} (company_id, cuboid, axis, bucket, ${join(columns)})
      SELECT ${transaction.companyId}::bigint, cuboid, axis, bucket, ${join(columns)} FROM sums
      ORDER BY cuboid, axis, bucket, ${join(keyColumns(fact))}`,
  );
}

/** Makes hours or local days of the transaction's company anew from its quarters. */
export async function makeFromQuarters(
  transaction: Transaction,
  fact: LeveledFact,
  level: 'hour' | 'day',
  days: DayStarts,
): Promise<void> {
  const { companyId } = transaction;
  const [keys, table] = [keyColumns(fact), levelTable(fact, level)];
  await transaction.execute(`${fact.name}.clear_${level}`, sql`DELETE FROM ${table} WHERE company_id = ${companyId}`);
  await transaction.execute(
    `${fact.name}.make_${level}`,
    sql`INSERT INTO ${table} (company_id, cuboid, axis, bucket, ${join([...keys, ...sumColumns(fact)])})
      SELECT ${companyId}::bigint, cuboid, axis, ${bucketOf(level, days)}, ${join([...keys, ...totals(fact)])}
      FROM ${levelTable(fact, 'quarter')} WHERE company_id = ${companyId}
      GROUP BY 2, 3, 4, ${join(keys)} HAVING NOT ${isEmpty(totals(fact))} ORDER BY 2, 3, 4, ${join(keys)}`,
  );
}

/** The source's sums by quarter for every cuboid; keys that a cuboid lacks are empty. */
function byCuboid(fact: LeveledFact): Sql {
  const dimensions = levelDimensions(fact);
  const each = fact.levels.cuboids.map((cuboid, index) => {
    const keys = dimensions.map((name) => {
      return cuboid.includes(name) ? levelColumn(name) : sql`''::text COLLATE "C" AS ${levelColumn(name)}`;
    });
    const grouped = [sql`axis`, sql`bucket`, ...dimensions.filter((name) => cuboid.includes(name)).map(levelColumn)];
    return sql`SELECT ${index + 1}::smallint AS cuboid, axis, bucket, ${join([...keys, ...namedTotals(fact)])}
      FROM source GROUP BY ${join(grouped)}`;
  });
  return join(each, sql` UNION ALL `);
}

function writeLevel({ companyId }: Transaction, fact: LeveledFact, level: Level, days: DayStarts): Sql {
  const keys = keyColumns(fact);
  const sums = sumColumns(fact);
  const all = join([...keys, ...sums]);
  const added = join(sums.map((sum) => sql`${sum} = known.${sum} + excluded.${sum}`));
  return sql`INSERT INTO ${levelTable(fact, level)} AS known (company_id, cuboid, axis, bucket, ${all})
      SELECT ${companyId}::bigint, cuboid, axis, ${bucketOf(level, days)}, ${join([...keys, ...totals(fact)])} FROM sums
      GROUP BY 2, 3, 4, ${join(keys)} HAVING NOT ${isEmpty(totals(fact))} ORDER BY 2, 3, 4, ${join(keys)}
      ON CONFLICT (company_id, cuboid, axis, bucket, ${join(keys)}) DO UPDATE SET ${added}
      RETURNING known.bucket, ${isEmpty(sums.map((sum) => sql`known.${sum}`))} AS is_empty`;
}

async function dropEmpty(
  transaction: Transaction,
  fact: LeveledFact,
  level: Level,
  buckets: readonly string[],
): Promise<void> {
  await transaction.execute(
    `${fact.name}.drop_empty`,
    sql`DELETE FROM ${levelTable(fact, level)} WHERE company_id = ${transaction.companyId}
      AND cuboid = ANY(${fact.levels.cuboids.map((_, index) => index + 1)}::smallint[])
      AND axis = ANY(${Object.keys(fact.axes).map((_, index) => index + 1)}::smallint[])
      AND bucket = ANY(${buckets}::timestamptz[]) AND ${isEmpty(sumColumns(fact))}`,
  );
}

/** The start of a level's bucket that holds the quarter `bucket`. */
export function bucketOf(level: Level, days: DayStarts): Sql {
  if (level === 'quarter') return sql`bucket`;
  if (level === 'hour')
    return sql`date_bin(${HOUR_MS / 1000} * interval '1 second', bucket, ${timestamp(0)}::timestamptz)`;
  const starts = sql`${days.map(timestamp)}::timestamptz[]`;
  return sql`(${starts})[width_bucket(bucket, ${starts})]`;
}

function keyColumns(fact: LeveledFact): Sql[] {
  return levelDimensions(fact).map(levelColumn);
}

function sumColumns(fact: LeveledFact): Sql[] {
  return Object.keys(fact.sums).map(levelColumn);
}

/** The sum of each sum, in the type that levels keep it in. */
function totals(fact: LeveledFact): Sql[] {
  return Object.entries(fact.sums).map(([name, { unbounded }]) => {
    return sql`sum(${levelColumn(name)})::${identifier(unbounded ? 'numeric' : 'bigint')}`;
  });
}

/** The same, each with the name of its column. */
export function namedTotals(fact: LeveledFact): Sql[] {
  const names = sumColumns(fact);
  return totals(fact).map((total, index) => sql`${total} AS ${names[index] ?? sql``}`);
}

function isEmpty(sums: readonly Sql[]): Sql {
  return sql`(${join(
    sums.map((sum) => sql`${sum} = 0`),
    sql` AND `,
  )})`;
}
