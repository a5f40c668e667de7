import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, SafeInt } from '#platform/graphql';
import type { SeriesLine } from '#platform/statistics';
import type { DialogueFact } from './dialogue.fact.ts';

@ObjectType({
  description: 'One line of a series: an array a metric, aligned with the buckets and filled over the whole period.',
})
export class DialogueSeriesLine {
  @Field(() => [String], { description: 'Values of the dimensions, in the order of `by`; empty without `by`.' })
  keys: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a dialogue has no value.' })
  labels: readonly string[];

  constructor(
    private readonly line: SeriesLine<DialogueFact>,
    labels: readonly string[],
  ) {
    this.keys = line.keys;
    this.labels = labels;
  }

  @Field(() => [SafeInt], { description: 'Dialogues that started in the bucket.' })
  total(): Promise<number[]> {
    return this.line.counts('total');
  }

  @Field(() => [SafeInt], { description: 'Those in which the bot wrote and no operator did, by bucket.' })
  byRobot(): Promise<number[]> {
    return this.line.counts('byRobot');
  }

  @Field(() => [SafeInt], { description: 'Those in which an operator wrote, by bucket.' })
  byOperator(): Promise<number[]> {
    return this.line.counts('byOperator');
  }

  @Field(() => [SafeInt], { description: 'Those in which neither wrote, by bucket.' })
  unhandled(): Promise<number[]> {
    return this.line.counts('unhandled');
  }

  @Field(() => [Float], {
    nullable: 'items',
    description: "Percent of all the bucket's dialogues, those of lines left out included; null in an empty bucket.",
  })
  share(): Promise<(number | null)[]> {
    return this.line.shares();
  }
}

@ObjectType({ description: 'Dialogues over time.' })
export class DialogueSeries {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [DialogueSeriesLine], { description: 'Largest total first, then by keys; exactly one without `by`.' })
  lines!: DialogueSeriesLine[];

  @Field(() => SafeInt, { description: 'Lines left out by `first`.' })
  omittedLines!: number;
}
