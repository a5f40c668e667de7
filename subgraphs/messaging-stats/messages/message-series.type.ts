import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, Decimal, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { percent } from '#platform/numbers';
import type { Series, SeriesLine } from '#platform/statistics';
import type { MessageFact } from './message.fact.ts';

const numbers = (values: readonly bigint[]) => values.map(Number);

@ObjectType({
  description: 'One line of a series: an array a metric, aligned with the buckets and filled over the whole period.',
})
export class MessageSeriesLine {
  @Field(() => [String], { description: 'Values of the dimensions, in the order of `by`; empty without `by`.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a message has no value.' })
  labels: readonly string[];

  constructor(
    private readonly series: Series<MessageFact>,
    private readonly line: SeriesLine<MessageFact>,
    labels: readonly string[],
    private readonly currency: string,
  ) {
    this.keys = line.keys;
    this.labels = labels;
  }

  @Field(() => [SafeInt], { description: 'Channel attempts of any status, by bucket.' })
  total(): number[] {
    return numbers(this.line.sums.total);
  }

  @Field(() => [SafeInt], {
    description: 'Different notifications by bucket; one that meets several buckets counts in each of them.',
  })
  notifications(): Promise<number[]> {
    return this.series.distinct('notifications', this.line);
  }

  @Field(() => [SafeInt], { description: 'Messages handed to a provider, by bucket.' })
  sent(): number[] {
    return numbers(this.line.sums.sent);
  }

  @Field(() => [SafeInt], { description: 'Messages sent whose status is DELIVERED, by bucket.' })
  delivered(): number[] {
    return numbers(this.line.sums.delivered);
  }

  @Field(() => [SafeInt], { description: 'Parts of the SMS messages sent, by bucket.' })
  smsParts(): number[] {
    return numbers(this.line.sums.smsParts);
  }

  @Field(() => [Decimal], {
    description: "Sum of the prices of the messages sent, by bucket, in the statistics' currency.",
  })
  price(): string[] {
    return this.line.sums.price.map((micros) => formatAmount(micros, this.currency));
  }

  @Field(() => [SafeInt], { description: 'Messages sent whose price is not known yet, by bucket.' })
  unpriced(): number[] {
    return numbers(this.line.sums.unpriced);
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: 'delivered / sent in percent, by bucket; null where nothing was sent.',
  })
  deliveryRate(): (number | null)[] {
    const { delivered, sent } = this.line.sums;
    return delivered.map((part, bucket) => percent(part, sent[bucket] ?? 0n));
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: "Percent of the bucket's `total` over all lines, those left out included; null in an empty bucket.",
  })
  async share(): Promise<(number | null)[]> {
    const whole = await this.series.totals();
    return this.line.sums.total.map((part, bucket) => percent(part, whole[bucket] ?? 0n));
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
