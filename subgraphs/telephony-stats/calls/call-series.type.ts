import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, Decimal, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { percent, roundHalfUp } from '#platform/numbers';
import type { SeriesLine } from '#platform/statistics';
import type { CallFact } from './call.fact.ts';

@ObjectType({
  description: 'One line of a series: an array a metric, aligned with the buckets and filled over the whole period.',
})
export class CallSeriesLine {
  @Field(() => [String], { description: 'Values of the dimensions, in the order of `by`; empty without `by`.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a call has no value.' })
  labels: readonly string[];

  constructor(
    private readonly line: SeriesLine<CallFact>,
    labels: readonly string[],
    private readonly currency: string,
  ) {
    this.keys = line.keys;
    this.labels = labels;
  }

  @Field(() => [SafeInt], { description: 'Calls of any status, by the bucket in which they started.' })
  total(): Promise<number[]> {
    return this.line.counts('total');
  }

  @Field(() => [SafeInt], { description: 'Answered calls, by bucket.' })
  answered(): Promise<number[]> {
    return this.line.counts('answered');
  }

  @Field(() => [SafeInt], {
    description:
      'Different numbers called or calling, by bucket; one that meets several buckets counts in each of them.',
  })
  contacts(): Promise<number[]> {
    return this.line.distinct('contacts');
  }

  @Field(() => [SafeInt], { description: 'Different numbers with at least one answered call, by bucket.' })
  contactsReached(): Promise<number[]> {
    return this.line.distinct('contactsReached');
  }

  @Field(() => [SafeInt], {
    description: 'Billed seconds of answered calls, by the bucket in which the calls started.',
  })
  talkSeconds(): Promise<number[]> {
    return this.line.counts('talkSeconds');
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: '(talk + wrap-up seconds) / answered, seconds, by bucket; null where none was answered.',
  })
  async averageHandlingSeconds(): Promise<(number | null)[]> {
    const [talkSeconds, wrapUpSeconds, answered] = await this.line.allPoints(
      'talkSeconds',
      'wrapUpSeconds',
      'answered',
    );
    return talkSeconds.map((talk, bucket) => {
      return roundHalfUp(talk + (wrapUpSeconds[bucket] ?? 0n), answered[bucket] ?? 0n, 3);
    });
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: 'Answered calls in percent of all calls but those IN_PROGRESS, by bucket; null where there are none.',
  })
  async answerSeizureRatio(): Promise<(number | null)[]> {
    const [answered, seizures] = await this.line.allPoints('answered', 'seizures');
    return answered.map((part, bucket) => percent(part, seizures[bucket] ?? 0n));
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: 'talkSeconds / answered, seconds, by bucket; null where none was answered.',
  })
  async averageCallSeconds(): Promise<(number | null)[]> {
    const [talkSeconds, answered] = await this.line.allPoints('talkSeconds', 'answered');
    return talkSeconds.map((talk, bucket) => roundHalfUp(talk, answered[bucket] ?? 0n, 3));
  }

  @Field(() => [Decimal], {
    description:
      "Sum of the prices of all legs, by the bucket in which the calls started, in the statistics' currency.",
  })
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
