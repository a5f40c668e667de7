import { Field, ObjectType } from 'type-graphql';
import { DateTime, describedEnum } from '#platform/graphql';
import { formatInstant } from '#platform/time';
import { Operator } from '../directory/operator.type.ts';
import type { OperatorStretch } from './operator-timeline.ts';

export const OperatorState = describedEnum(
  'OperatorState',
  'What an operator is doing; the states exclude one another.',
  {
    ONLINE: 'At work, and ready to answer.',
    PAUSED: 'At work, and not to be given dialogues.',
    OFFLINE: 'Not at work; also before the first state of all.',
  },
);

@ObjectType({ description: 'A stretch of the period in which an operator was in one state.' })
export class OperatorInterval {
  @Field(() => Operator, { description: 'Who.' })
  operator: Operator;

  @Field(() => OperatorState, { description: 'In which state.' })
  state: keyof typeof OperatorState;

  @Field(() => DateTime, { description: 'When it began, or when the period did.' })
  from: string;

  @Field(() => DateTime, { nullable: true, description: 'When it or the period ended; null while it lasts.' })
  to: string | null;

  constructor({ operatorId, state, from, to }: OperatorStretch, timeZone: string) {
    this.operator = new Operator(operatorId);
    this.state = state;
    this.from = formatInstant(from, timeZone);
    this.to = to === null ? null : formatInstant(to, timeZone);
  }
}
