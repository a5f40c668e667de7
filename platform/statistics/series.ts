import DataLoader from 'dataloader';
import type { Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { percent } from '#platform/numbers';
import {
  type Buckets,
  cutBuckets,
  GRANULARITIES,
  type Granularity,
  MAX_BUCKETS as MAX_POINTS,
  type Period,
} from '#platform/time';
import { aloneSum, readDistinct, readKeys } from './aggregate.ts';
import type { DistinctOf, Fact, SumOf } from './fact.ts';
import { compareKeys, type Keys, lineKey } from './grouping.ts';
import { type Points, readPoints } from './points.ts';
import type { Population } from './population.ts';
import { type SumRows, sumRows } from './source.ts';

/** What a series is read from. */
interface SeriesSource<F extends Fact> {
  readonly transaction: Transaction;
  readonly population: Population<F>;
  readonly buckets: Buckets;
  readonly by: readonly string[];
  readonly rows: SumRows;
}

type PointsByLine = ReadonlyMap<string, Points>;

/**
 * A population over time: the same buckets for every line, filled with zeros over the whole period. Nothing is read before it is
 * asked for; sums that are asked for together share a statement.
 */
export class Series<F extends Fact> {
  readonly buckets: Buckets;
  readonly lines: readonly SeriesLine<F>[];
  private readonly keys: Keys;
  private readonly sums: DataLoader<SumOf<F>, PointsByLine>;
  private readonly distincts = new Map<string, Promise<Map<string, Map<number, number>>>>();
  private wholeTotals: Promise<Points> | undefined;

  constructor(
    private readonly source: SeriesSource<F>,
    keys: Keys,
    /** Lines left out, as there are more than were asked for. */
    readonly omittedLines: number,
    /** The totals of the lines, where they are known. */
    totals?: PointsByLine,
  ) {
    this.buckets = source.buckets;
    this.keys = keys;
    this.lines = keys.map((line) => new SeriesLine(this, line));
    this.sums = new DataLoader((sums) => readSums(source, sums, keys));
    if (totals) this.sums.prime('total', totals);
  }

  /** A sum by bucket, of one line. */
  async points(sum: SumOf<F>, line: readonly string[]): Promise<Points> {
    const points = await this.sums.load(sum);
    return points.get(lineKey(line)) ?? this.buckets.partial.map(() => 0n);
  }

  /** Different values by bucket, of one line. */
  async distinct(measure: DistinctOf<F>, line: readonly string[]): Promise<number[]> {
    const { transaction, population, by, buckets } = this.source;
    let counts = this.distincts.get(measure);
    if (!counts) {
      counts = readDistinct(transaction, population, measure, { by, buckets, lines: this.keys });
      this.distincts.set(measure, counts);
    }
    const ofLine = (await counts).get(lineKey(line));
    const alone = aloneSum(population.fact, measure);
    const sums = alone ? await this.points(alone, line) : [];
    return buckets.partial.map((_, bucket) => (ofLine?.get(bucket) ?? 0) + Number(sums[bucket] ?? 0));
  }

  /** Totals by bucket over all lines, those left out included. */
  totals(): Promise<Points> {
    this.wholeTotals ??= this.readTotals();
    return this.wholeTotals;
  }

  private async readTotals(): Promise<Points> {
    const { transaction, population, by, buckets } = this.source;
    if (this.omittedLines === 0 && !by.some((name) => population.fact.dimensions[name]?.multiple)) {
      const lines = [...(await this.sums.load('total')).values()];
      return buckets.partial.map((_, bucket) => lines.reduce((sum, points) => sum + (points[bucket] ?? 0n), 0n));
    }
    const rows = await sumRows(transaction, population, { by: [], buckets });
    const [totals] = await readSums({ ...this.source, by: [], rows }, ['total'], [[]]);
    return totals?.get('') ?? [];
  }
}

/** One line of a series. */
export class SeriesLine<F extends Fact> {
  constructor(
    private readonly series: Series<F>,
    readonly keys: readonly string[],
  ) {}

  /** A sum by bucket. */
  points(sum: SumOf<F>): Promise<Points> {
    return this.series.points(sum, this.keys);
  }

  /** Several sums by bucket, in the order of their names. */
  allPoints<const Names extends readonly SumOf<F>[]>(...sums: Names): Promise<{ [I in keyof Names]: Points }> {
    return Promise.all(sums.map((sum) => this.points(sum))) as Promise<{ [I in keyof Names]: Points }>;
  }

  /** A count by bucket. */
  async counts(sum: SumOf<F>): Promise<number[]> {
    return (await this.points(sum)).map(Number);
  }

  /** Different values by bucket. */
  distinct(measure: DistinctOf<F>): Promise<number[]> {
    return this.series.distinct(measure, this.keys);
  }

  /** Percent of the bucket's total over all lines, those left out included; null in an empty bucket. */
  async shares(): Promise<(number | null)[]> {
    const [totals, whole] = await Promise.all([this.points('total' as SumOf<F>), this.series.totals()]);
    return totals.map((part, bucket) => percent(part, whole[bucket] ?? 0n));
  }
}

/**
 * Opens a series. Without dimensions it has exactly one line; with them one for each of the `first` largest values that occur.
 * Throws LIMIT_EXCEEDED where it would have more than 20,000 points, with a granularity and a `first` that fit, and
 * PERIOD_TOO_OLD where it needs rows that are gone.
 */
export async function readSeriesOf<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  { granularity, by, first }: { granularity: Granularity; by: readonly string[]; first: number },
): Promise<Series<F>> {
  const buckets = cutBuckets(population.period, granularity);
  const refuse = (lines: number) =>
    refuseTooManyPoints(population.period, granularity, buckets.partial.length, Math.min(lines, first));
  const source = {
    transaction,
    population,
    buckets,
    by,
    rows: await sumRows(transaction, population, { by, buckets }),
  };
  if (by.length > 0 && by.every((name) => isClosed(population.fact, name))) {
    const [totals = new Map<string, Points>()] = await readSums(source, ['total' as SumOf<F>]);
    refuse(totals.size);
    const lines = largestFirst(totals);
    return new Series(source, lines.slice(0, first), Math.max(0, lines.length - first), totals);
  }
  const { keys, omitted } = by.length === 0 ? ONE_LINE : await readKeys(transaction, population, by, first);
  refuse(keys.length);
  return new Series(source, keys, omitted);
}

const ONE_LINE = { keys: [[]], omitted: 0 };

/** Points of sums by line, of all lines or of those that are named. */
function readSums<F extends Fact>(
  { transaction, population, ...grouping }: SeriesSource<F>,
  sums: readonly SumOf<F>[],
  lines?: Keys,
): Promise<PointsByLine[]> {
  return readPoints(transaction, population.fact, lines ? { ...grouping, lines } : grouping, sums);
}

/** Whether a dimension has no other keys than those named: then all lines are few enough to be read at once with their points. */
function isClosed(fact: Fact, dimension: string): boolean {
  return typeof fact.dimensions[dimension]?.labels === 'object';
}

/** The keys of lines, the largest total first, then by keys, as a breakdown has them. */
function largestFirst(totals: PointsByLine): Keys {
  return [...totals]
    .map(([line, points]) => ({ keys: line.split('\0'), total: points.reduce((sum, point) => sum + point, 0n) }))
    .filter(({ total }) => total > 0n)
    .sort((a, b) => Number(b.total - a.total) || compareKeys(a.keys, b.keys))
    .map(({ keys }) => keys);
}

function refuseTooManyPoints(period: Period, granularity: Granularity, buckets: number, lines: number): void {
  if (buckets * lines <= MAX_POINTS) return;
  const coarser = GRANULARITIES.slice(GRANULARITIES.indexOf(granularity) + 1);
  const fitting = coarser.find((candidate) => cutBuckets(period, candidate).partial.length * lines <= MAX_POINTS);
  const remedies = [fitting && `granularity ${fitting}`, `first: ${Math.floor(MAX_POINTS / buckets)}`].filter(Boolean);
  throw new ServiceError(
    'LIMIT_EXCEEDED',
    `series: ${buckets} buckets of ${granularity} by ${lines} lines are ${buckets * lines} points, more than ${MAX_POINTS}; ` +
      `ask for ${remedies.join(' or ')}.`,
    { field: ['granularity'] },
  );
}
