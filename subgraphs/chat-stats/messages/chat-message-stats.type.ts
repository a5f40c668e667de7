import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { Granularity, toBuckets } from '#platform/graphql';
import type { FactQuery } from '#platform/statistics';
import { ChatDimension } from '../dialogues/chat.enums.ts';
import type { ChatMessageFact } from './chat-message.fact.ts';
import { ChatMessageBreakdown, ChatMessageCounters } from './chat-message-counters.type.ts';
import { ChatMessageSeries, ChatMessageSeriesLine } from './chat-message-series.type.ts';

@ObjectType({
  description: 'The messages sent in a period, of dialogues that pass a filter, whenever these started.',
})
export class ChatMessageStats {
  constructor(
    private readonly query: FactQuery<ChatMessageFact>,
    private readonly timeZone: string,
    private readonly currency: string,
  ) {}

  @Field(() => ChatMessageCounters, { description: 'Totals of all these messages.' })
  async counters(): Promise<ChatMessageCounters> {
    return new ChatMessageCounters((await this.query.totals()).sums, this.currency);
  }

  @Field(() => [ChatMessageBreakdown], {
    description: 'Totals by dimensions: a line for every combination of values that occurs, the largest total first.',
  })
  async breakdown(
    @Arg('by', () => [ChatDimension], {
      description: 'At least one dimension: CHAT, MESSENGER, BOT, GROUP, AUTHOR or OPERATOR.',
    })
    by: (keyof typeof ChatDimension)[],
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<ChatMessageBreakdown[]> {
    const lines = await this.query.breakdown(by, first);
    return lines.map(({ keys, labels, sums, share }) => {
      const counters = new ChatMessageCounters(sums, this.currency);
      return Object.assign(new ChatMessageBreakdown(), { keys, labels, counters, share });
    });
  }

  @Field(() => ChatMessageSeries, { description: 'Totals over time, by dimensions if wanted; at most 20,000 points.' })
  async series(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
    @Arg('by', () => [ChatDimension], {
      nullable: true,
      description: 'Dimensions, as of the breakdown; a line for every combination of values.',
    })
    by?: (keyof typeof ChatDimension)[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<ChatMessageSeries> {
    const { series, labels } = await this.query.series(granularity, by, first);
    return Object.assign(new ChatMessageSeries(), {
      buckets: toBuckets(series.buckets, this.timeZone),
      lines: series.lines.map((line, index) => new ChatMessageSeriesLine(line, labels[index] ?? [], this.currency)),
      omittedLines: series.omittedLines,
    });
  }
}
