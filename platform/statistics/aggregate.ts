import { identifier, join, type Sql, sql, type Transaction } from '#platform/database';
import { roundHalfUp } from '#platform/numbers';
import type { DistinctOf, DurationOf, Fact, SumOf, Sums } from './fact.ts';
import { type Grouping, groupBy, type Keys, keyColumns, readGroups } from './grouping.ts';
import type { Population } from './population.ts';
import { rawRows, sumRows } from './source.ts';

/** One line of an answer: the keys of its dimensions and its sums. */
export interface Line<F extends Fact> {
  readonly keys: readonly string[];
  readonly sums: Sums<F>;
}

export interface Breakdown<F extends Fact> {
  /** Largest total first, then by keys. */
  readonly lines: readonly Line<F>[];
  /** Total over all lines, those left out included. */
  readonly wholeTotal: bigint;
  /** Lines left out. */
  readonly omitted: number;
}

/** The sums of the whole population. */
export async function readTotals<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
): Promise<Sums<F>> {
  const names = sumNames(population.fact);
  const { lines } = await readLines(transaction, population, { by: [], first: 1, sums: names });
  return toSums<F>(names, lines[0]?.cells ?? []);
}

/** The sums by dimensions, the `first` largest lines. Values that do not occur have no line. */
export async function readBreakdown<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  by: readonly string[],
  first: number,
): Promise<Breakdown<F>> {
  const names = sumNames(population.fact);
  const { lines, ...rest } = await readLines(transaction, population, { by, first, sums: names });
  return { ...rest, lines: lines.map(({ keys, cells }) => ({ keys, sums: toSums<F>(names, cells) })) };
}

/** The keys of the lines of a breakdown, without their sums. */
export async function readKeys(
  transaction: Transaction,
  population: Population,
  by: readonly string[],
  first: number,
): Promise<{ keys: Keys; omitted: number }> {
  const { lines, omitted } = await readLines(transaction, population, { by, first, sums: ['total'] });
  return { keys: lines.map(({ keys }) => keys), omitted };
}

async function readLines(
  transaction: Transaction,
  population: Population,
  { by, first, sums: names }: { by: readonly string[]; first: number; sums: readonly string[] },
) {
  const keys = keyColumns(by);
  const sums = names.map((_, index) => sql`sum(${identifier(`v${index + 1}`)}) AS ${identifier(`s${index + 1}`)}`);
  const rows = await sumRows(transaction, population, { by });
  const grouped = sql`SELECT ${join([...keys, ...sums])} FROM (${rows(names)}) parts${groupBy(keys)}`;
  const total = identifier(`s${names.indexOf('total') + 1}`);
  const order = join([sql`${total} DESC`, ...keys.map((key) => sql`${key} COLLATE "C"`)]);
  // Without dimensions there is a group even where there is no row; its total is null then.
  const answer = await transaction.arrays<string[]>(
    `${population.fact.name}.breakdown`,
    sql`SELECT sum(${total}) OVER (), count(*) OVER (), grouped.* FROM (${grouped}) grouped
      WHERE ${total} > 0 ORDER BY ${order} LIMIT ${first}`,
  );
  const lines = answer.map(([, , ...cells]) => ({ keys: cells.slice(0, by.length), cells: cells.slice(by.length) }));
  return {
    lines,
    wholeTotal: BigInt(answer[0]?.[0] ?? 0),
    omitted: Number(answer[0]?.[1] ?? 0) - lines.length,
  };
}

/**
 * How many different values there are, by line and bucket (one bucket where the grouping has none). Empty groups are missing. Of a
 * measure with a sum of its own for values that occur once, those are left out: the sum has them.
 */
export async function readDistinct<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  measure: DistinctOf<F>,
  grouping: Grouping,
): Promise<Map<string, Map<number, number>>> {
  const counts = new Map<string, Map<number, number>>();
  const { value = sql`NULL`, alone } = population.fact.distincts[measure] ?? {};
  const { conditions = [] } = population;
  const counted = alone ? { ...population, conditions: [...conditions, alone.repeated] } : population;
  const rows = await rawRows(transaction, counted, { by: grouping.by, values: [value] });
  const groups = { ...grouping, rows, aggregates: [sql`count(DISTINCT v1)`] };
  await readGroups(transaction, population, measure, groups, (bucket, line, [count]) => {
    const ofLine = counts.get(line) ?? new Map<number, number>();
    counts.set(line, ofLine.set(bucket, Number(count)));
  });
  return counts;
}

/** The sum of values that occur once, of a measure whose other values `readDistinct` counts; undefined where that counts all. */
export function aloneSum<F extends Fact>(fact: F, measure: DistinctOf<F>): SumOf<F> | undefined {
  return fact.distincts[measure]?.alone?.sum as SumOf<F> | undefined;
}

/** How long something took, of the rows that have such a time. In seconds with three decimals; null where there are none. */
export interface DurationFigures {
  readonly count: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly max: number | null;
}

export const NO_DURATION: DurationFigures = { count: 0, mean: null, median: null, p90: null, max: null };

/** Figures of a duration by line; lines without rows are missing. */
export async function readDurations<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  measure: DurationOf<F>,
  grouping: Pick<Grouping, 'by' | 'lines'>,
): Promise<Map<string, DurationFigures>> {
  const figures = new Map<string, DurationFigures>();
  const values = [population.fact.durations?.[measure]?.value ?? sql`NULL::bigint`];
  // Between two whole milliseconds a percentile is a multiple of a tenth: rounding to that takes away what a float adds.
  const percentile = (share: Sql) => sql`round((percentile_cont(${share}) WITHIN GROUP (ORDER BY v1))::numeric, 1)`;
  const rows = await rawRows(transaction, population, { by: grouping.by, values });
  const aggregates = [sql`count(v1)`, sql`sum(v1)`, percentile(sql`0.5`), percentile(sql`0.9`), sql`max(v1)`];
  await readGroups(transaction, population, measure, { ...grouping, rows, aggregates }, (_, line, cells) => {
    const [count = '0', sum, median, p90, max] = cells;
    if (count === '0') return;
    figures.set(line, {
      count: Number(count),
      mean: roundHalfUp(BigInt(sum ?? 0), BigInt(count) * 1000n, 3),
      median: roundHalfUp(Number(median), 1000, 3),
      p90: roundHalfUp(Number(p90), 1000, 3),
      max: roundHalfUp(Number(max), 1000, 3),
    });
  });
  return figures;
}

function sumNames(fact: Fact): string[] {
  return Object.keys(fact.sums);
}

function toSums<F extends Fact>(names: readonly string[], cells: readonly (string | null)[]): Sums<F> {
  return Object.fromEntries(names.map((name, index) => [name, BigInt(cells[index] ?? 0)])) as Sums<F>;
}
