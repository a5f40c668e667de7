import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, Decimal, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { percent, roundHalfUp } from '#platform/numbers';
import type { Series, SeriesLine } from '#platform/statistics';
import type { CallFact } from './call.fact.ts';

const numbers = (values: readonly bigint[]) => values.map(Number);

@ObjectType({
  description: 'One line of a series: an array a metric, aligned with the buckets and filled over the whole period.',
})
export class CallSeriesLine {
  @Field(() => [String], { description: 'Values of the dimensions, in the order of `by`; empty without `by`.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a call has no value.' })
  labels: readonly string[];

  constructor(
    private readonly series: Series<CallFact>,
    private readonly line: SeriesLine<CallFact>,
    labels: readonly string[],
    private readonly currency: string,
  ) {
    this.keys = line.keys;
    this.labels = labels;
  }

  @Field(() => [SafeInt], { description: 'Calls of any status, by the bucket in which they started.' })
  total(): number[] {
    return numbers(this.line.sums.total);
  }

  @Field(() => [SafeInt], { description: 'Answered calls, by bucket.' })
  answered(): number[] {
    return numbers(this.line.sums.answered);
  }

  @Field(() => [SafeInt], {
    description:
      'Different numbers called or calling, by bucket; one that meets several buckets counts in each of them.',
  })
  contacts(): Promise<number[]> {
    return this.series.distinct('contacts', this.line);
  }

  @Field(() => [SafeInt], { description: 'Different numbers with at least one answered call, by bucket.' })
  contactsReached(): Promise<number[]> {
    return this.series.distinct('contactsReached', this.line);
  }

  @Field(() => [SafeInt], {
    description: 'Billed seconds of answered calls, by the bucket in which the calls started.',
  })
  talkSeconds(): number[] {
    return numbers(this.line.sums.talkSeconds);
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: '(talk + wrap-up seconds) / answered, seconds, by bucket; null where none was answered.',
  })
  averageHandlingSeconds(): (number | null)[] {
    const { talkSeconds, wrapUpSeconds, answered } = this.line.sums;
    return talkSeconds.map((talk, bucket) => {
      return roundHalfUp(talk + (wrapUpSeconds[bucket] ?? 0n), answered[bucket] ?? 0n, 3);
    });
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: 'Answered calls in percent of all calls but those IN_PROGRESS, by bucket; null where there are none.',
  })
  answerSeizureRatio(): (number | null)[] {
    const { answered, seizures } = this.line.sums;
    return answered.map((part, bucket) => percent(part, seizures[bucket] ?? 0n));
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: 'talkSeconds / answered, seconds, by bucket; null where none was answered.',
  })
  averageCallSeconds(): (number | null)[] {
    const { talkSeconds, answered } = this.line.sums;
    return talkSeconds.map((talk, bucket) => roundHalfUp(talk, answered[bucket] ?? 0n, 3));
  }

  @Field(() => [Decimal], {
    description:
      "Sum of the prices of all legs, by the bucket in which the calls started, in the statistics' currency.",
  })
  price(): string[] {
    return this.line.sums.price.map((micros) => formatAmount(micros, this.currency));
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

@ObjectType({ description: 'Calls over time.' })
export class CallSeries {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [CallSeriesLine], { description: 'Largest total first, then by keys; exactly one without `by`.' })
  lines!: CallSeriesLine[];

  @Field(() => SafeInt, { description: 'Lines left out by `first`.' })
  omittedLines!: number;
}
