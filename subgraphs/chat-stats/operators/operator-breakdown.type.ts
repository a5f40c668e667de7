import { Field, ObjectType } from 'type-graphql';
import { SafeInt } from '#platform/graphql';
import { Operator } from '../directory/operator.type.ts';
import type { OperatorCourse } from './operator-course.ts';
import { OPERATOR_MEASURES } from './operator-measures.ts';
import { toSeconds } from './read-operator-seconds.ts';

const none = (description: string) => ({ description: `${description} 0 where there is nothing.` });

@ObjectType({ description: 'What one operator did in the period.' })
export class OperatorBreakdown {
  @Field(() => Operator, { description: 'Who.' })
  operator: Operator;

  constructor(
    /** Over the whole period, as a single bucket. */
    private readonly totals: OperatorCourse,
    private readonly operatorId: string,
  ) {
    this.operator = new Operator(operatorId);
  }

  @Field(() => SafeInt, none(OPERATOR_MEASURES.dialoguesWithMessages))
  async dialoguesWithMessages(): Promise<number> {
    return (await this.totals.messages()).dialoguesWithMessages.of(this.operatorId)[0] ?? 0;
  }

  @Field(() => SafeInt, none(OPERATOR_MEASURES.activeDialogues))
  async activeDialogues(): Promise<number> {
    return (await this.totals.active()).of(this.operatorId)[0] ?? 0;
  }

  @Field(() => SafeInt, none(OPERATOR_MEASURES.skippedDialogues))
  async skippedDialogues(): Promise<number> {
    return (await this.totals.skipped()).of(this.operatorId)[0] ?? 0;
  }

  @Field(() => SafeInt, none(OPERATOR_MEASURES.messages))
  async messages(): Promise<number> {
    return (await this.totals.messages()).messages.of(this.operatorId)[0] ?? 0;
  }

  @Field(() => SafeInt, none(OPERATOR_MEASURES.onlineSeconds))
  async onlineSeconds(): Promise<number> {
    return toSeconds((await this.totals.times()).online.of(this.operatorId))[0] ?? 0;
  }

  @Field(() => SafeInt, none(OPERATOR_MEASURES.pausedSeconds))
  async pausedSeconds(): Promise<number> {
    return toSeconds((await this.totals.times()).paused.of(this.operatorId))[0] ?? 0;
  }
}
