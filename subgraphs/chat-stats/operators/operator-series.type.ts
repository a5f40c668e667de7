import { Field, ObjectType } from 'type-graphql';
import { Bucket, SafeInt } from '#platform/graphql';
import { Operator } from '../directory/operator.type.ts';
import type { OperatorCourse } from './operator-course.ts';
import { OPERATOR_MEASURES } from './operator-measures.ts';
import { toSeconds } from './read-operator-seconds.ts';

const byBucket = (description: string) => ({ description: `By bucket. ${description}` });
const ADDITIVE = 'Buckets are rounded such that they add up to the seconds of the whole period.';

@ObjectType({
  description: 'One operator over time: an array a measure, aligned with the buckets and filled over the whole period.',
})
export class OperatorSeriesLine {
  @Field(() => Operator, { description: 'Who.' })
  operator: Operator;

  constructor(
    private readonly course: OperatorCourse,
    private readonly operatorId: string,
  ) {
    this.operator = new Operator(operatorId);
  }

  @Field(() => [SafeInt], byBucket(OPERATOR_MEASURES.dialoguesWithMessages))
  async dialoguesWithMessages(): Promise<readonly number[]> {
    return (await this.course.messages()).dialoguesWithMessages.of(this.operatorId);
  }

  @Field(() => [SafeInt], byBucket(OPERATOR_MEASURES.activeDialogues))
  async activeDialogues(): Promise<readonly number[]> {
    return (await this.course.active()).of(this.operatorId);
  }

  @Field(() => [SafeInt], byBucket(OPERATOR_MEASURES.skippedDialogues))
  async skippedDialogues(): Promise<readonly number[]> {
    return (await this.course.skipped()).of(this.operatorId);
  }

  @Field(() => [SafeInt], byBucket(OPERATOR_MEASURES.messages))
  async messages(): Promise<readonly number[]> {
    return (await this.course.messages()).messages.of(this.operatorId);
  }

  @Field(() => [SafeInt], byBucket(`${OPERATOR_MEASURES.onlineSeconds} ${ADDITIVE}`))
  async onlineSeconds(): Promise<readonly number[]> {
    return toSeconds((await this.course.times()).online.of(this.operatorId));
  }

  @Field(() => [SafeInt], byBucket(`${OPERATOR_MEASURES.pausedSeconds} ${ADDITIVE}`))
  async pausedSeconds(): Promise<readonly number[]> {
    return toSeconds((await this.course.times()).paused.of(this.operatorId));
  }
}

@ObjectType({ description: 'Operators over time.' })
export class OperatorSeries {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [OperatorSeriesLine], { description: 'Most messages in the whole period first, then by id.' })
  lines!: OperatorSeriesLine[];

  @Field(() => SafeInt, { description: 'Operators left out by `first`.' })
  omittedLines!: number;
}
