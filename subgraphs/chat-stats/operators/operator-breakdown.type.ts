import { Field, ObjectType } from 'type-graphql';
import { SafeInt } from '#platform/graphql';
import { Operator } from '../directory/operator.type.ts';
import type { OperatorFigures } from './operator-figures.ts';
import { OPERATOR_MEASURES } from './operator-measures.ts';

const none = (description: string) => ({ description: `${description} 0 where there is nothing.` });

@ObjectType({ description: 'What one operator did in the period.' })
export class OperatorBreakdown {
  @Field(() => Operator, { description: 'Who.' })
  operator: Operator;

  @Field(() => SafeInt, none(OPERATOR_MEASURES.dialoguesWithMessages))
  dialoguesWithMessages: number;

  @Field(() => SafeInt, none(OPERATOR_MEASURES.activeDialogues))
  activeDialogues: number;

  @Field(() => SafeInt, none(OPERATOR_MEASURES.skippedDialogues))
  skippedDialogues: number;

  @Field(() => SafeInt, none(OPERATOR_MEASURES.messages))
  messages: number;

  @Field(() => SafeInt, none(OPERATOR_MEASURES.onlineSeconds))
  onlineSeconds: number;

  @Field(() => SafeInt, none(OPERATOR_MEASURES.pausedSeconds))
  pausedSeconds: number;

  constructor(figures: OperatorFigures) {
    this.operator = new Operator(figures.operatorId);
    this.dialoguesWithMessages = figures.dialoguesWithMessages;
    this.activeDialogues = figures.activeDialogues;
    this.skippedDialogues = figures.skippedDialogues;
    this.messages = figures.messages;
    this.onlineSeconds = figures.onlineSeconds;
    this.pausedSeconds = figures.pausedSeconds;
  }
}
