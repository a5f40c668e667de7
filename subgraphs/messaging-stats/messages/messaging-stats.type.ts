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
import { type DimensionOf, FactQuery, type Population } from '#platform/statistics';
import { previousPeriod } from '#platform/time';
import { MessageDimension } from './message.enums.ts';
import type { MessageFact } from './message.fact.ts';
import { MessageBreakdown, MessageCounters } from './message-counters.type.ts';
import type { MessageFilter } from './message-filter.ts';
import { MessageSeries, MessageSeriesLine } from './message-series.type.ts';

/** What a stats object is asked about; everything below it is read with this. */
export interface MessagingScope {
  readonly transaction: Transaction;
  readonly company: Company;
  readonly population: Population<MessageFact>;
  /** As it was asked for. */
  readonly filter: MessageFilter | null | undefined;
  /** Already an earlier period that another one is compared with. */
  readonly isPrevious: boolean;
}

@ObjectType({ description: 'The messages of one period that pass a filter. All of it is read at one moment.' })
export class MessagingStats {
  private readonly query: FactQuery<MessageFact>;

  constructor(private readonly scope: MessagingScope) {
    this.query = new FactQuery(scope);
  }

  @Field(() => Period, { description: 'The period, resolved, and the last commit of events that the figures include.' })
  async period(): Promise<Period> {
    return toPeriod(this.scope.population.period, await readAsOf(this.scope.transaction));
  }

  @Field(() => Currency, { description: 'Currency of every price below.' })
  currency(): string {
    return this.scope.company.currency;
  }

  @Field(() => MessageCounters, { description: 'Totals of all these messages.' })
  async counters(): Promise<MessageCounters> {
    return new MessageCounters(await this.query.totals(), this.currency());
  }

  @Field(() => [MessageBreakdown], {
    description: 'Totals by dimensions: a line for every combination of values that occurs, the largest total first.',
  })
  async breakdown(
    @Arg('by', () => [MessageDimension], { description: 'At least one dimension.' }) by: DimensionOf<MessageFact>[],
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<MessageBreakdown[]> {
    const lines = await this.query.breakdown(by, first);
    return lines.map((line) => {
      const { keys, labels, share } = line;
      const counters = new MessageCounters(line, this.currency());
      return Object.assign(new MessageBreakdown(), { keys, labels, counters, share });
    });
  }

  @Field(() => MessageSeries, { description: 'Totals over time, by dimensions if wanted; at most 20,000 points.' })
  async series(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
    @Arg('by', () => [MessageDimension], {
      nullable: true,
      description: 'Dimensions; a line for every combination of values.',
    })
    by?: DimensionOf<MessageFact>[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<MessageSeries> {
    const { series, labels } = await this.query.series(granularity, by, first);
    return Object.assign(new MessageSeries(), {
      buckets: toBuckets(series.buckets, this.scope.population.period.timeZone),
      lines: series.lines.map((line, index) => new MessageSeriesLine(line, labels[index] ?? [], this.currency())),
      omittedLines: series.omittedLines,
    });
  }

  @Field(() => MessagingStats, {
    description: 'The same filter in an earlier period, for comparison; it has no `previous` of its own.',
  })
  previous(
    @Arg('by', () => Comparison, { nullable: true, description: 'Which earlier period; default PREVIOUS_PERIOD.' })
    by?: keyof typeof Comparison | null,
  ): MessagingStats {
    const { population, isPrevious } = this.scope;
    if (isPrevious)
      throw badInput(['previous'], 'stands below another previous; ask for the earlier period by itself.');
    const period = previousPeriod(population.period, by ?? 'PREVIOUS_PERIOD');
    return new MessagingStats({ ...this.scope, population: { ...population, period }, isPrevious: true });
  }

  @Field(() => ExternalLink, { nullable: true, description: GRAFANA_DESCRIPTION })
  grafana(@Ctx() { config }: RequestContext): ExternalLink | null {
    const { population, filter } = this.scope;
    return grafanaLink(config.GRAFANA_URL, 'statistics-notifications', population.period, filter);
  }
}
