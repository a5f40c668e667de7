import type { Transaction } from '#platform/database';
import { badInput } from '#platform/errors';
import { percent } from '#platform/numbers';
import type { Granularity } from '#platform/time';
import {
  aloneSum,
  type DurationFigures,
  NO_DURATION,
  readBreakdown,
  readDistinct,
  readDurations,
  readTotals,
} from './aggregate.ts';
import type { DistinctOf, DurationOf, Fact, Sums } from './fact.ts';
import { lineKey } from './grouping.ts';
import { type LabelReader, labelLines } from './labels.ts';
import { type Population, readDimensions, readFirst } from './population.ts';
import { readSeriesOf, type Series } from './series.ts';

/** One line of an answer: its measures, and what shows it. */
export interface CountedLine<F extends Fact> {
  readonly keys: readonly string[];
  readonly labels: readonly string[];
  readonly sums: Sums<F>;
  /** Percent of the total of the whole population; null where that is 0. */
  readonly share: number | null;
  /** How many different values the line has; read for all lines of the answer when first asked for. */
  distinct(measure: DistinctOf<F>): Promise<number>;
  /** How long something took; read for all lines of the answer when first asked for. */
  duration(measure: DurationOf<F>): Promise<DurationFigures>;
}

export interface FactQueryOptions<F extends Fact> {
  /** The snapshot that everything is read in. */
  transaction: Transaction;
  population: Population<F>;
  /** For dimensions whose labels are kept elsewhere; needed where the fact has such. */
  readLabels?: LabelReader;
}

/** Asks a population for its totals, its lines and its course in time; arguments of clients are checked here. */
export class FactQuery<F extends Fact> {
  private readonly transaction: Transaction;
  private readonly population: Population<F>;
  private readonly readLabels: LabelReader;

  constructor({ transaction, population, readLabels = async () => new Map() }: FactQueryOptions<F>) {
    this.transaction = transaction;
    this.population = population;
    this.readLabels = readLabels;
  }

  /** The whole population as one line without keys. */
  async totals(): Promise<CountedLine<F>> {
    const sums = await readTotals(this.transaction, this.population);
    return {
      keys: [],
      labels: [],
      sums,
      share: percent(sums.total ?? 0n, sums.total ?? 0n),
      distinct: this.distinctOf([], [[]])([], sums),
      duration: this.durationOf([], [[]])([]),
    };
  }

  /** One line for every combination of values that occurs, largest total first, at most `first` (default 100). */
  async breakdown(by: readonly string[], first: number | null | undefined): Promise<CountedLine<F>[]> {
    const dimensions = readDimensions(this.population.fact, by);
    if (dimensions.length === 0) throw badInput(['by'], 'is empty; name at least one dimension, or ask for counters.');
    const breakdown = await readBreakdown(this.transaction, this.population, dimensions, readFirst(first));
    const { lines } = breakdown;
    const wholeTotal = await this.wholeTotal(dimensions, breakdown.wholeTotal);
    const keys = lines.map((line) => line.keys);
    const labels = await this.labels(dimensions, keys);
    const distinctOf = this.distinctOf(dimensions, keys);
    const durationOf = this.durationOf(dimensions, keys);
    return lines.map((line, index) => ({
      ...line,
      labels: labels[index] ?? [],
      share: percent(line.sums.total ?? 0n, wholeTotal),
      distinct: distinctOf(line.keys, line.sums),
      duration: durationOf(line.keys),
    }));
  }

  /** The population over time, with a line for every combination of values, or exactly one without dimensions. */
  async series(
    granularity: Granularity,
    by: readonly string[] | null | undefined,
    first: number | null | undefined,
  ): Promise<{ series: Series<F>; labels: string[][] }> {
    const dimensions = readDimensions(this.population.fact, by);
    const request = { granularity, by: dimensions, first: readFirst(first) };
    const series = await readSeriesOf(this.transaction, this.population, request);
    const keys = series.lines.map((line) => line.keys);
    return { series, labels: await this.labels(dimensions, keys) };
  }

  /** The total that shares refer to: the sum over all lines, unless a row may be in several of them. */
  private async wholeTotal(by: readonly string[], sumOfLines: bigint): Promise<bigint> {
    if (!by.some((dimension) => this.population.fact.dimensions[dimension]?.multiple)) return sumOfLines;
    return (await readTotals(this.transaction, this.population)).total ?? 0n;
  }

  private labels(by: readonly string[], lines: readonly (readonly string[])[]): Promise<string[][]> {
    return labelLines(this.population.fact, by, lines, this.readLabels);
  }

  /** For each line a function that reads a distinct measure; the lines of an answer share one statement a measure. */
  private distinctOf(by: readonly string[], lines: readonly (readonly string[])[]) {
    const counts = new Map<string, ReturnType<typeof readDistinct>>();
    return (keys: readonly string[], sums: Sums<F>) => async (measure: DistinctOf<F>) => {
      const reading = counts.get(measure) ?? readDistinct(this.transaction, this.population, measure, { by, lines });
      counts.set(measure, reading);
      const alone = aloneSum(this.population.fact, measure);
      return ((await reading).get(lineKey(keys))?.get(0) ?? 0) + (alone ? Number(sums[alone]) : 0);
    };
  }

  /** The same for durations. */
  private durationOf(by: readonly string[], lines: readonly (readonly string[])[]) {
    const figures = new Map<string, ReturnType<typeof readDurations>>();
    return (keys: readonly string[]) => async (measure: DurationOf<F>) => {
      const reading = figures.get(measure) ?? readDurations(this.transaction, this.population, measure, { by, lines });
      figures.set(measure, reading);
      return (await reading).get(lineKey(keys)) ?? NO_DURATION;
    };
  }
}
