import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, Decimal, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { percent } from '#platform/numbers';
import type { SeriesLine } from '#platform/statistics';
import type { MessageFact } from './message.fact.ts';

@ObjectType({
  description: 'One line of a series: an array a metric, aligned with the buckets and filled over the whole period.',
})
export class MessageSeriesLine {
  @Field(() => [String], { description: 'Values of the dimensions, in the order of `by`; empty without `by`.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a message has no value.' })
  labels: readonly string[];

  constructor(
    private readonly line: SeriesLine<MessageFact>,
    labels: readonly string[],
    private readonly currency: string,
  ) {
    this.keys = line.keys;
    this.labels = labels;
  }

  @Field(() => [SafeInt], { description: 'Channel attempts of any status, by bucket.' })
  total(): Promise<number[]> {
    return this.line.counts('total');
  }

  @Field(() => [SafeInt], {
    description: 'Different notifications by bucket; one that meets several buckets counts in each of them.',
  })
  notifications(): Promise<number[]> {
    return this.line.distinct('notifications');
  }

  @Field(() => [SafeInt], { description: 'Messages handed to a provider, by bucket.' })
  sent(): Promise<number[]> {
    return this.line.counts('sent');
  }

  @Field(() => [SafeInt], { description: 'Messages sent whose status is DELIVERED, by bucket.' })
  delivered(): Promise<number[]> {
    return this.line.counts('delivered');
  }

  @Field(() => [SafeInt], { description: 'Parts of the SMS messages sent, by bucket.' })
  smsParts(): Promise<number[]> {
    return this.line.counts('smsParts');
  }

  @Field(() => [Decimal], {
    description: "Sum of the prices of the messages sent, by bucket, in the statistics' currency.",
  })
  async price(): Promise<string[]> {
    return (await this.line.points('price')).map((micros) => formatAmount(micros, this.currency));
  }

  @Field(() => [SafeInt], { description: 'Messages sent whose price is not known yet, by bucket.' })
  unpriced(): Promise<number[]> {
    return this.line.counts('unpriced');
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: 'delivered / sent in percent, by bucket; null where nothing was sent.',
  })
  async deliveryRate(): Promise<(number | null)[]> {
    const [delivered, sent] = await this.line.allPoints('delivered', 'sent');
    return delivered.map((part, bucket) => percent(part, sent[bucket] ?? 0n));
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: "Percent of the bucket's `total` over all lines, those left out included; null in an empty bucket.",
  })
  share(): Promise<(number | null)[]> {
    return this.line.shares();
  }
}

@ObjectType({ description: 'Messages over time.' })
export class MessageSeries {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [MessageSeriesLine], { description: 'Largest total first, then by keys; exactly one without `by`.' })
  lines!: MessageSeriesLine[];

  @Field(() => SafeInt, { description: 'Lines left out by `first`.' })
  omittedLines!: number;
}
