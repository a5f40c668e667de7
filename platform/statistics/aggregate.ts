import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { compareText } from '#platform/ingest';
import { roundHalfUp } from '#platform/numbers';
import type { Buckets } from '#platform/time';
import type { DistinctOf, DurationOf, Fact, SumOf, Sums } from './fact.ts';
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

/** How an answer is grouped: by bucket, by dimensions, and only lines with these keys, where each is given. */
export interface Grouping {
  readonly buckets?: Buckets;
  readonly by: readonly string[];
  readonly lines?: readonly (readonly string[])[];
}

/** Called for every group: its bucket (0 where there are none), its keys joined by `lineKey`, and its values. */
type GroupReader = (bucket: number, line: string, values: readonly string[]) => void;

/** The sums of the whole population. */
export async function readTotals<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
): Promise<Sums<F>> {
  const { lines } = await readBreakdown(transaction, population, [], 1);
  return lines[0]?.sums ?? zeroSums(population.fact);
}

/** The sums by dimensions, the `first` largest lines. Values that do not occur have no line. */
export async function readBreakdown<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  by: readonly string[],
  first: number,
): Promise<Breakdown<F>> {
  const names = sumNames(population.fact);
  const keys = by.map((_, index) => identifier(`k${index + 1}`));
  const sums = names.map((_, index) => sql`sum(${identifier(`v${index + 1}`)}) AS ${identifier(`s${index + 1}`)}`);
  const rows = await sumRows(transaction, population, { by });
  const grouped = sql`SELECT ${join([...keys, ...sums])} FROM (${rows}) parts${groupBy(keys)}`;
  const total = identifier(`s${names.indexOf('total') + 1}`);
  const order = join([sql`${total} DESC`, ...keys.map((key) => sql`${key} COLLATE "C"`)]);
  // Without dimensions there is a group even where there is no row; its total is null then.
  const answer = await transaction.arrays<string[]>(
    `${population.fact.name}.breakdown`,
    sql`SELECT sum(${total}) OVER (), count(*) OVER (), grouped.* FROM (${grouped}) grouped
      WHERE ${total} > 0 ORDER BY ${order} LIMIT ${first}`,
  );
  const lines = answer.map(([, , ...cells]) => ({
    keys: cells.slice(0, by.length),
    sums: toSums<F>(names, cells.slice(by.length)),
  }));
  return {
    lines,
    wholeTotal: BigInt(answer[0]?.[0] ?? 0),
    omitted: Number(answer[0]?.[1] ?? 0) - lines.length,
  };
}

/** One line of a series: its keys, and one array a sum, as long as there are buckets and filled with zeros. */
export interface TimedLine<F extends Fact> {
  readonly keys: readonly string[];
  readonly sums: { readonly [Name in SumOf<F>]: readonly bigint[] };
}

type Points<F extends Fact> = { [Name in SumOf<F>]: bigint[] };

/** Sums by bucket of these lines, in their order. */
export async function readSeries<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  grouping: Grouping & { buckets: Buckets; lines: readonly (readonly string[])[] },
): Promise<TimedLine<F>[]> {
  const points = await readPoints(transaction, population, grouping);
  return grouping.lines.map((keys) => {
    return { keys, sums: points.get(lineKey(keys)) ?? zeroPoints(population.fact, grouping.buckets) };
  });
}

/** Sums by bucket of all lines that occur, the largest total first, then by keys, as a breakdown has them. */
export async function readWholeSeries<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  grouping: { buckets: Buckets; by: readonly string[] },
): Promise<TimedLine<F>[]> {
  const points = await readPoints(transaction, population, grouping);
  const lines = [...points].map(([line, sums]) => {
    const total = (sums.total ?? []).reduce((sum, point) => sum + point, 0n);
    return { keys: line.split('\0'), sums, total };
  });
  return lines
    .filter(({ total }) => total > 0n)
    .sort((a, b) => Number(b.total - a.total) || compareKeys(a.keys, b.keys));
}

/** The points of all lines that occur, or of those that are wanted, by the key of the line; filled with zeros. */
async function readPoints<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  grouping: Grouping & { buckets: Buckets },
): Promise<Map<string, TimedLine<F>['sums']>> {
  const names = sumNames(population.fact);
  const points = new Map<string, Points<F>>();
  const aggregates = names.map((_, index) => sql`sum(${identifier(`v${index + 1}`)})`);
  const rows = await sumRows(transaction, population, grouping);
  await readGroups(transaction, population, 'series', { ...grouping, rows, aggregates }, (bucket, line, cells) => {
    const series = points.get(line) ?? zeroPoints(population.fact, grouping.buckets);
    points.set(line, series);
    for (const [index, name] of names.entries()) series[name as SumOf<F>][bucket] = BigInt(cells[index] ?? 0);
  });
  return points;
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

async function readGroups(
  transaction: Transaction,
  population: Population,
  name: string,
  grouping: Grouping & { rows: Sql; aggregates: readonly Sql[] },
  read: GroupReader,
): Promise<void> {
  const { buckets, by, lines, rows, aggregates } = grouping;
  if (lines?.length === 0) return;
  const bucket = buckets ? sql`width_bucket(at, ${buckets.boundaries.map(timestamp)}::timestamptz[])` : sql`1`;
  const keys = by.map((_, index) => identifier(`k${index + 1}`));
  const wanted = lines && by.length > 0 ? sql` WHERE ${onlyLines(keys, lines)}` : sql``;
  const statement = sql`SELECT ${bucket} AS bucket, ${join([...keys, ...aggregates])} FROM (${rows}) parts${wanted}${groupBy([sql`1`, ...keys])}`;
  for (const [number, ...cells] of await transaction.arrays<string[]>(`${population.fact.name}.${name}`, statement)) {
    read(Number(number) - 1, lineKey(cells.slice(0, by.length)), cells.slice(by.length));
  }
}

/** The keys of a line as one text that no other keys give. */
export function lineKey(keys: readonly string[]): string {
  return keys.join('\0');
}

/** By the first keys that differ, in the order of code points. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  return at < 0 ? 0 : compareText(a[at] ?? '', b[at] ?? '');
}

function onlyLines(keys: readonly Sql[], lines: readonly (readonly string[])[]): Sql {
  const columns = keys.map((_, index) => sql`${lines.map((line) => line[index])}::text[]`);
  return sql`(${join(keys)}) IN (SELECT * FROM unnest(${join(columns)}))`;
}

function groupBy(keys: readonly Sql[]): Sql {
  return keys.length > 0 ? sql` GROUP BY ${join(keys)}` : sql``;
}

function sumNames(fact: Fact): string[] {
  return Object.keys(fact.sums);
}

function toSums<F extends Fact>(names: readonly string[], cells: readonly (string | null)[]): Sums<F> {
  return Object.fromEntries(names.map((name, index) => [name, BigInt(cells[index] ?? 0)])) as Sums<F>;
}

function zeroSums<F extends Fact>(fact: F): Sums<F> {
  return toSums(sumNames(fact), []);
}

function zeroPoints<F extends Fact>(fact: F, { partial }: Buckets): Points<F> {
  const zeros = sumNames(fact).map((name) => [name, new Array<bigint>(partial.length).fill(0n)]);
  return Object.fromEntries(zeros) as Points<F>;
}
