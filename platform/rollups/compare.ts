import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import {
  deltasByAxis,
  LEVELS,
  type Level,
  type LeveledFact,
  levelColumn,
  levelTable,
  QUARTER_MS,
  type RollupState,
  readRollupState,
} from '#platform/statistics';
import { HOUR_MS, type Instant, localDayStarts } from '#platform/time';
import { quartersOf } from './build.ts';
import { bucketOf, type DayStarts } from './spread.ts';

/** One row of a level, together with what is not in it yet, that says otherwise than the raw rows. */
export interface Difference {
  readonly level: Level;
  /** Its dimensions. */
  readonly cuboid: readonly string[];
  readonly axis: string;
  readonly bucket: Instant;
  readonly keys: readonly string[];
  /** By sum: what the level says more than the raw rows; sums that agree are left out. */
  readonly excess: Readonly<Record<string, string>>;
}

/** What a comparison of one fact of one company has found. */
export interface Comparison {
  readonly state: RollupState;
  /** How many rows there are; the state should say the same. */
  readonly rowCount: number;
  /** The first differences. */
  readonly differences: readonly Difference[];
  /** By distinct measure: values that several rows have although one of these lacks the flag. */
  readonly unmarked: Readonly<Record<string, number>>;
}

/** Most differences that one level and cuboid are asked for. */
const MOST = 20;

/** Compares every level and cuboid, deltas included, with the raw rows, all in the transaction's one snapshot. */
export async function compareLevels(transaction: Transaction, fact: LeveledFact): Promise<Comparison> {
  const state = await readRollupState(transaction, fact);
  const differences: Difference[] = [];
  if (state.status === 'rolled') {
    const days = await dayStarts(transaction, fact, state.timeZone ?? 'UTC');
    const { rowsFrom } = state;
    for (const level of LEVELS) {
      for (const cuboid of fact.levels.cuboids) {
        differences.push(...(await compareLevel(transaction, fact, { level, cuboid, days, rowsFrom })));
      }
    }
  }
  const counted = sql`SELECT count(*) FROM ${fact.table} WHERE company_id = ${transaction.companyId}`;
  const [rows] = await transaction.arrays<[string]>(`${fact.name}.count`, counted);
  return { state, rowCount: Number(rows?.[0] ?? 0), differences, unmarked: await findUnmarked(transaction, fact) };
}

async function compareLevel(
  transaction: Transaction,
  fact: LeveledFact,
  part: { level: Level; cuboid: readonly string[]; days: DayStarts; rowsFrom: Instant | null },
): Promise<Difference[]> {
  const { level, cuboid, days, rowsFrom } = part;
  // Of rows that are gone only the sums know; the first bucket may hold some of these.
  const since = rowsFrom === null ? sql`` : sql` WHERE bucket >= ${timestamp(firstWhole(level, rowsFrom, days))}`;
  const { companyId } = transaction;
  const axes = Object.keys(fact.axes);
  const names = Object.keys(fact.sums);
  const number = fact.levels.cuboids.indexOf(cuboid) + 1;
  const keys = join(cuboid.map(levelColumn));
  const sums = names.map(levelColumn);
  const stored = sql`SELECT axis, bucket, ${keys}, ${join(sums)} FROM ${levelTable(fact, level)}
    WHERE company_id = ${companyId} AND cuboid = ${number}`;
  const waiting = sql`${deltasByAxis(fact, levelTable(fact, 'delta'), [bucketOf(level, days), keys, ...sums])}
    WHERE company_id = ${companyId}`;
  const raw = axes.map((axis) => {
    const negative = join(sums.map((sum) => sql`-${sum}`));
    return sql`SELECT axis, ${bucketOf(level, days)}, ${keys}, ${negative} FROM (${quartersOf(transaction, fact, axis)}) raw`;
  });
  const totals = sums.map((sum, index) => sql`sum(${sum}) AS ${identifier(`s${index}`)}`);
  const rows = await transaction.arrays<(string | number)[]>(
    `${fact.name}.compare_${level}`,
    sql`SELECT axis, bucket, ${join([keys, ...totals])} FROM (${join([stored, waiting, ...raw], sql` UNION ALL `)}) both_sides(axis, bucket, ${join([keys, ...sums])})${since}
      GROUP BY axis, bucket, ${keys} HAVING ${join(
        sums.map((sum) => sql`sum(${sum}) <> 0`),
        sql` OR `,
      )}
      ORDER BY axis, bucket, ${keys} LIMIT ${MOST}`,
  );
  return rows.map(([axis, bucket, ...cells]) => ({
    level,
    cuboid,
    axis: axes[Number(axis) - 1] ?? String(axis),
    bucket: Number(bucket),
    keys: cells.slice(0, cuboid.length).map(String),
    excess: Object.fromEntries(
      names.flatMap((name, index) => {
        const excess = String(cells[cuboid.length + index]);
        return Number(excess) === 0 ? [] : [[name, excess]];
      }),
    ),
  }));
}

/** The start of the first bucket that begins at a moment or later. */
function firstWhole(level: Level, moment: Instant, days: DayStarts): Instant {
  if (level === 'day') return days.find((start) => start >= moment) ?? moment;
  const widthMs = level === 'hour' ? HOUR_MS : QUARTER_MS;
  return Math.ceil(moment / widthMs) * widthMs;
}

/** The starts of all local days that rows or levels of the company may stand in. */
async function dayStarts(transaction: Transaction, fact: LeveledFact, timeZone: string): Promise<DayStarts> {
  const { companyId } = transaction;
  const moments: Sql[] = Object.values(fact.axes).map((at) => {
    return sql`SELECT min(${at}) AS first, max(${at}) AS last FROM ${fact.table} WHERE company_id = ${companyId}`;
  });
  const tables = (['quarter', 'delta'] as const).map((table) => {
    return sql`SELECT min(bucket), max(bucket) FROM ${levelTable(fact, table)} WHERE company_id = ${companyId}`;
  });
  const [range] = await transaction.arrays<[Instant | null, Instant | null]>(
    `${fact.name}.days`,
    sql`SELECT min(first), max(last) FROM (${join([...moments, ...tables], sql` UNION ALL `)}) ranges`,
  );
  return localDayStarts(range?.[0] ?? 0, range?.[1] ?? 0, timeZone);
}

async function findUnmarked(transaction: Transaction, fact: LeveledFact): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, { value, alone }] of Object.entries(fact.distincts)) {
    if (!alone) continue;
    const [row] = await transaction.arrays<[string]>(
      `${fact.name}.unmarked_${levelColumn(name).toStatement().text}`,
      sql`SELECT count(*) FROM (SELECT 1 FROM ${fact.table} WHERE company_id = ${transaction.companyId}
        GROUP BY ${value} HAVING count(*) > 1 AND NOT bool_and(${alone.repeated})) unmarked`,
    );
    if (Number(row?.[0]) > 0) found[name] = Number(row?.[0]);
  }
  return found;
}

/** Whether a comparison has found nothing. */
export function agrees({ state, rowCount, differences, unmarked }: Comparison): boolean {
  return state.rowCount === rowCount && differences.length === 0 && Object.keys(unmarked).length === 0;
}
