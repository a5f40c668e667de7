import type { Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';
import {
  type Buckets,
  cutBuckets,
  GRANULARITIES,
  type Granularity,
  MAX_BUCKETS as MAX_POINTS,
  type Period,
} from '#platform/time';
import {
  aloneSum,
  lineKey,
  readBreakdown,
  readDistinct,
  readSeries,
  readWholeSeries,
  type TimedLine,
} from './aggregate.ts';
import type { DistinctOf, Fact } from './fact.ts';
import type { Population } from './population.ts';

export type SeriesLine<F extends Fact> = TimedLine<F>;

/**
 * A population over time: the same buckets for every line, filled with zeros over the whole period. What costs a statement of
 * its own is read when it is first asked for.
 */
export class Series<F extends Fact> {
  private readonly distincts = new Map<string, Promise<Map<string, Map<number, number>>>>();
  private wholeTotals: Promise<readonly bigint[]> | undefined;

  constructor(
    private readonly transaction: Transaction,
    private readonly population: Population<F>,
    private readonly by: readonly string[],
    readonly buckets: Buckets,
    readonly lines: readonly SeriesLine<F>[],
    /** Lines left out, as there are more than were asked for. */
    readonly omittedLines: number,
  ) {}

  /** Different values by bucket, of one line. */
  async distinct(measure: DistinctOf<F>, line: SeriesLine<F>): Promise<number[]> {
    let counts = this.distincts.get(measure);
    if (!counts) {
      const lines = this.lines.map(({ keys }) => keys);
      counts = readDistinct(this.transaction, this.population, measure, { by: this.by, buckets: this.buckets, lines });
      this.distincts.set(measure, counts);
    }
    const ofLine = (await counts).get(lineKey(line.keys));
    const alone = aloneSum(this.population.fact, measure);
    const sums = alone ? line.sums[alone] : [];
    return this.buckets.partial.map((_, bucket) => (ofLine?.get(bucket) ?? 0) + Number(sums[bucket] ?? 0));
  }

  /** Totals by bucket over all lines, those left out included. */
  totals(): Promise<readonly bigint[]> {
    this.wholeTotals ??= this.readTotals();
    return this.wholeTotals;
  }

  private async readTotals(): Promise<readonly bigint[]> {
    if (this.omittedLines === 0 && !this.by.some((name) => this.population.fact.dimensions[name]?.multiple)) {
      const ofBucket = (bucket: number) => this.lines.reduce((sum, { sums }) => sum + (sums.total?.[bucket] ?? 0n), 0n);
      return this.buckets.partial.map((_, bucket) => ofBucket(bucket));
    }
    const [whole] = await readSeries(this.transaction, this.population, { by: [], buckets: this.buckets, lines: [[]] });
    return whole?.sums.total ?? [];
  }
}

/**
 * Reads a series. Without dimensions it has exactly one line; with them one for each of the `first` largest values that occur.
 * Throws LIMIT_EXCEEDED where it would have more than 20,000 points, with a granularity and a `first` that fit.
 */
export async function readSeriesOf<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  request: { granularity: Granularity; by: readonly string[]; first: number },
): Promise<Series<F>> {
  const { granularity, by, first } = request;
  const buckets = cutBuckets(population.period, granularity);
  const refuse = (lines: number) =>
    refuseTooManyPoints(population.period, granularity, buckets.partial.length, Math.min(lines, first));
  if (by.length > 0 && by.every((name) => isClosed(population.fact, name))) {
    const all = await readWholeSeries(transaction, population, { buckets, by });
    refuse(all.length);
    const lines = all.slice(0, first);
    return new Series(transaction, population, by, buckets, lines, all.length - lines.length);
  }
  const { keys, omitted } = await linesOf(transaction, population, by, first);
  refuse(keys.length);
  const lines = await readSeries(transaction, population, { buckets, by, lines: keys });
  return new Series(transaction, population, by, buckets, lines, omitted);
}

/** Whether a dimension has no other keys than those named: then all lines are few enough to be read at once with their points. */
function isClosed(fact: Fact, dimension: string): boolean {
  return typeof fact.dimensions[dimension]?.labels === 'object';
}

async function linesOf<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  by: readonly string[],
  first: number,
): Promise<{ keys: readonly (readonly string[])[]; omitted: number }> {
  if (by.length === 0) return { keys: [[]], omitted: 0 };
  const { lines, omitted } = await readBreakdown(transaction, population, by, first);
  return { keys: lines.map((line) => line.keys), omitted };
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
