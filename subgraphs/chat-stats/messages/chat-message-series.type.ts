import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, Decimal, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import type { SeriesLine } from '#platform/statistics';
import type { ChatMessageFact } from './chat-message.fact.ts';

@ObjectType({
  description: 'One line of a series: an array a metric, aligned with the buckets and filled over the whole period.',
})
export class ChatMessageSeriesLine {
  @Field(() => [String], { description: 'Values of the dimensions, in the order of `by`; empty without `by`.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a message has no value.' })
  labels: readonly string[];

  constructor(
    private readonly line: SeriesLine<ChatMessageFact>,
    labels: readonly string[],
    private readonly currency: string,
  ) {
    this.keys = line.keys;
    this.labels = labels;
  }

  @Field(() => [SafeInt], { description: 'Messages sent in the bucket.' })
  total(): Promise<number[]> {
    return this.line.counts('total');
  }

  @Field(() => [SafeInt], { description: 'Messages of clients, by bucket.' })
  fromClients(): Promise<number[]> {
    return this.line.counts('fromClients');
  }

  @Field(() => [SafeInt], { description: 'Messages of bots, by bucket.' })
  fromBots(): Promise<number[]> {
    return this.line.counts('fromBots');
  }

  @Field(() => [SafeInt], { description: 'Messages of operators, by bucket.' })
  fromOperators(): Promise<number[]> {
    return this.line.counts('fromOperators');
  }

  @Field(() => [Decimal], { description: "Sum of the prices, by bucket, in the statistics' currency." })
  async price(): Promise<string[]> {
    return (await this.line.points('price')).map((micros) => formatAmount(micros, this.currency));
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: "Percent of the bucket's `total` over all lines, those left out included; null in an empty bucket.",
  })
  share(): Promise<(number | null)[]> {
    return this.line.shares();
  }
}

@ObjectType({ description: 'Chat messages over time.' })
export class ChatMessageSeries {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [ChatMessageSeriesLine], { description: 'Largest total first, then by keys; exactly one without `by`.' })
  lines!: ChatMessageSeriesLine[];

  @Field(() => SafeInt, { description: 'Lines left out by `first`.' })
  omittedLines!: number;
}
