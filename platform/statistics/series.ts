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
import { aloneSum, type Line, lineKey, readBreakdown, readDistinct, readSeries } from './aggregate.ts';
import type { DistinctOf, Fact, SumOf } from './fact.ts';
import type { Population } from './population.ts';

export interface SeriesLine<F extends Fact> {
  readonly keys: readonly string[];
  /** One array a sum, as long as there are buckets. */
  readonly sums: { readonly [Name in SumOf<F>]: readonly bigint[] };
}

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
    if (this.by.length === 0) return this.lines[0]?.sums.total ?? [];
    const [whole] = await readSeries(this.transaction, this.population, { by: [], buckets: this.buckets, lines: [[]] });
    return whole?.total ?? [];
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
  const { lines, omitted } = await linesOf(transaction, population, by, first);
  refuseTooManyPoints(population.period, granularity, buckets.partial.length, lines.length);
  const keys = lines.map((line) => line.keys);
  const sums = await readSeries(transaction, population, { buckets, by, lines: keys });
  const filled = sums.map((ofLine, index) => ({ keys: keys[index] ?? [], sums: ofLine }));
  return new Series(transaction, population, by, buckets, filled, omitted);
}

async function linesOf<F extends Fact>(
  transaction: Transaction,
  population: Population<F>,
  by: readonly string[],
  first: number,
): Promise<{ lines: readonly Pick<Line<F>, 'keys'>[]; omitted: number }> {
  if (by.length === 0) return { lines: [{ keys: [] }], omitted: 0 };
  return readBreakdown(transaction, population, by, first);
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
