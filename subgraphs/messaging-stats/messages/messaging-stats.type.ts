import { Arg, Field, Int, ObjectType } from 'type-graphql';
import type { Company } from '#platform/companies';
import type { Transaction } from '#platform/database';
import { badInput } from '#platform/errors';
import { Comparison, Currency, Granularity, Period, toBuckets, toPeriod } from '#platform/graphql';
import { readAsOf } from '#platform/ingest';
import { percent } from '#platform/numbers';
import {
  type DimensionOf,
  labelOf,
  lineKey,
  type Population,
  readBreakdown,
  readDimensions,
  readDistinct,
  readFirst,
  readSeriesOf,
  readTotals,
} from '#platform/statistics';
import { previousPeriod } from '#platform/time';
import { MessageDimension } from './message.enums.ts';
import { MESSAGES, type MessageFact } from './message.fact.ts';
import { MessageBreakdown, MessageCounters } from './message-counters.type.ts';
import { MessageSeries, MessageSeriesLine } from './message-series.type.ts';

type Dimension = DimensionOf<MessageFact>;

/** What a stats object is asked about; everything below it is read with this. */
export interface MessagingScope {
  readonly transaction: Transaction;
  readonly company: Company;
  readonly population: Population<MessageFact>;
  /** Already an earlier period that another one is compared with. */
  readonly isPrevious: boolean;
}

@ObjectType({ description: 'The messages of one period that pass a filter. All of it is read at one moment.' })
export class MessagingStats {
  constructor(private readonly scope: MessagingScope) {}

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
    const { transaction, population } = this.scope;
    const sums = await readTotals(transaction, population);
    return new MessageCounters(sums, this.currency(), async () => {
      const counts = await readDistinct(transaction, population, 'notifications', { by: [] });
      return counts.get(lineKey([]))?.get(0) ?? 0;
    });
  }

  @Field(() => [MessageBreakdown], {
    description: 'Totals by dimensions: a line for every combination of values that occurs, the largest total first.',
  })
  async breakdown(
    @Arg('by', () => [MessageDimension], { description: 'At least one dimension.' }) by: Dimension[],
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<MessageBreakdown[]> {
    const { transaction, population } = this.scope;
    const dimensions = readDimensions(by);
    if (dimensions.length === 0) throw badInput(['by'], 'is empty; name at least one dimension, or ask for counters.');
    const { lines, wholeTotal } = await readBreakdown(transaction, population, dimensions, readFirst(first));
    let distinct: ReturnType<typeof readDistinct> | undefined;
    return lines.map(({ keys, sums }) => {
      const readNotifications = async () => {
        const shown = lines.map((line) => line.keys);
        distinct ??= readDistinct(transaction, population, 'notifications', { by: dimensions, lines: shown });
        return (await distinct).get(lineKey(keys))?.get(0) ?? 0;
      };
      return Object.assign(new MessageBreakdown(), {
        keys,
        labels: labels(dimensions, keys),
        counters: new MessageCounters(sums, this.currency(), readNotifications),
        share: percent(sums.total, wholeTotal),
      });
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
    by?: Dimension[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<MessageSeries> {
    const { transaction, population } = this.scope;
    const dimensions = readDimensions(by);
    const request = { granularity, by: dimensions, first: readFirst(first) };
    const series = await readSeriesOf(transaction, population, request);
    return Object.assign(new MessageSeries(), {
      buckets: toBuckets(series.buckets, population.period.timeZone),
      lines: series.lines.map(
        (line) => new MessageSeriesLine(series, line, labels(dimensions, line.keys), this.currency()),
      ),
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
}

function labels(by: readonly Dimension[], keys: readonly string[]): string[] {
  return by.map((dimension, index) => labelOf(MESSAGES.dimensions[dimension], keys[index] ?? ''));
}
