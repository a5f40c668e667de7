import { Arg, Ctx, Field, Int, ObjectType } from 'type-graphql';
import type { Company } from '#platform/companies';
import type { Transaction } from '#platform/database';
import { badInput } from '#platform/errors';
import {
  Comparison,
  Currency,
  ExternalLink,
  GRAFANA_DESCRIPTION,
  Granularity,
  grafanaLink,
  Period,
  type RequestContext,
  toBuckets,
  toPeriod,
} from '#platform/graphql';
import { readAsOf } from '#platform/ingest';
import { type DimensionOf, FactQuery, type LabelReader, type Population } from '#platform/statistics';
import { previousPeriod } from '#platform/time';
import { CallConcurrency } from '../load/call-concurrency.type.ts';
import { callConcurrency, callsPerSecond, type LoadScope } from '../load/call-load.ts';
import { CallsPerSecond } from '../load/calls-per-second.type.ts';
import { CallDimension } from './call.enums.ts';
import { type CallFact, callsBy } from './call.fact.ts';
import { CallBreakdown, CallCounters } from './call-counters.type.ts';
import type { CallFilter } from './call-filter.ts';
import { CallSeries, CallSeriesLine } from './call-series.type.ts';
import { readDurationBounds } from './duration-classes.ts';

/** What a stats object is asked about; everything below it is read with this. */
export interface TelephonyScope extends LoadScope {
  readonly transaction: Transaction;
  readonly company: Company;
  readonly population: Population<CallFact>;
  /** As it was asked for. */
  readonly filter: CallFilter | null | undefined;
  /** Names of trunks, bots and operators. */
  readonly readLabels: LabelReader;
  /** Already an earlier period that another one is compared with. */
  readonly isPrevious: boolean;
}

const BOUNDS_DESCRIPTION =
  'Bounds of the classes of DURATION: at most 20 ascending seconds above 0; default 5, 15, 30, 60, 180.';

@ObjectType({ description: 'The calls of one period that pass a filter. All of it is read at one moment.' })
export class TelephonyStats {
  constructor(private readonly scope: TelephonyScope) {}

  @Field(() => Period, { description: 'The period, resolved, and the last commit of events that the figures include.' })
  async period(): Promise<Period> {
    return toPeriod(this.scope.population.period, await readAsOf(this.scope.transaction));
  }

  @Field(() => Currency, { description: 'Currency of every price below.' })
  currency(): string {
    return this.scope.company.currency;
  }

  @Field(() => CallCounters, { description: 'Totals of all these calls.' })
  async counters(): Promise<CallCounters> {
    return new CallCounters(await new FactQuery(this.scope).totals(), this.currency());
  }

  @Field(() => [CallBreakdown], {
    description: 'Totals by dimensions: a line for every combination of values that occurs, the largest total first.',
  })
  async breakdown(
    @Arg('by', () => [CallDimension], { description: 'At least one dimension.' }) by: DimensionOf<CallFact>[],
    @Arg('durationBounds', () => [Int], { nullable: true, description: BOUNDS_DESCRIPTION })
    durationBounds?: number[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<CallBreakdown[]> {
    const lines = await this.query(durationBounds).breakdown(by, first);
    return lines.map((line) => {
      const { keys, labels, share } = line;
      const counters = new CallCounters(line, this.currency());
      return Object.assign(new CallBreakdown(), { keys, labels, counters, share });
    });
  }

  @Field(() => CallSeries, { description: 'Totals over time, by dimensions if wanted; at most 20,000 points.' })
  async series(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
    @Arg('by', () => [CallDimension], {
      nullable: true,
      description: 'Dimensions; a line for every combination of values.',
    })
    by?: DimensionOf<CallFact>[] | null,
    @Arg('durationBounds', () => [Int], { nullable: true, description: BOUNDS_DESCRIPTION })
    durationBounds?: number[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<CallSeries> {
    const { series, labels } = await this.query(durationBounds).series(granularity, by, first);
    return Object.assign(new CallSeries(), {
      buckets: toBuckets(series.buckets, this.scope.population.period.timeZone),
      lines: series.lines.map((line, index) => new CallSeriesLine(line, labels[index] ?? [], this.currency())),
      omittedLines: series.omittedLines,
    });
  }

  @Field(() => CallsPerSecond, {
    description:
      'Legs started in each second by trunk, with peaks and averages; at most 20,000 points. The filter looks at each leg by itself.',
  })
  callsPerSecond(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
  ): Promise<CallsPerSecond> {
    return callsPerSecond(this.scope, granularity);
  }

  @Field(() => CallConcurrency, {
    description: 'Legs that are going on at once, with peaks and averages. The filter looks at each leg by itself.',
  })
  concurrency(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
  ): Promise<CallConcurrency> {
    return callConcurrency(this.scope, granularity);
  }

  @Field(() => TelephonyStats, {
    description: 'The same filter in an earlier period, for comparison; it has no `previous` of its own.',
  })
  previous(
    @Arg('by', () => Comparison, { nullable: true, description: 'Which earlier period; default PREVIOUS_PERIOD.' })
    by?: keyof typeof Comparison | null,
  ): TelephonyStats {
    const { population, legs, isPrevious } = this.scope;
    if (isPrevious)
      throw badInput(['previous'], 'stands below another previous; ask for the earlier period by itself.');
    const period = previousPeriod(population.period, by ?? 'PREVIOUS_PERIOD');
    return new TelephonyStats({
      ...this.scope,
      population: { ...population, period },
      legs: { ...legs, period },
      isPrevious: true,
    });
  }

  @Field(() => ExternalLink, { nullable: true, description: GRAFANA_DESCRIPTION })
  grafana(@Ctx() { config }: RequestContext): ExternalLink | null {
    const { population, filter } = this.scope;
    return grafanaLink(config.GRAFANA_URL, 'statistics-telephony', population.period, filter);
  }

  /** Asks with classes of duration that a client wants. */
  private query(durationBounds: readonly number[] | null | undefined): FactQuery<CallFact> {
    const fact = callsBy(readDurationBounds(durationBounds));
    return new FactQuery({ ...this.scope, population: { ...this.scope.population, fact } });
  }
}
