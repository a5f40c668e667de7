import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, Money } from '#platform/graphql';
import { Trunk } from '../trunks/trunk.type.ts';
import { Bot } from './bot.type.ts';
import { CallDirection, CallStatus } from './call.enums.ts';
import { Operator } from './operator.type.ts';

@ObjectType({
  description:
    'One call with all its legs. Status, direction, trunk, bot, operator, evaluation and cause are those of the leg that decides: ' +
    'the one answered first, else the first that is in progress, else the last.',
})
export class Call {
  @Field(() => ID, { description: 'The root id that the legs of the call share.' })
  id!: string;

  @Field(() => CallDirection, { description: 'Who called whom.' })
  direction!: keyof typeof CallDirection;

  @Field(() => CallStatus, { description: 'The status that it has now.' })
  status!: keyof typeof CallStatus;

  @Field(() => DateTime, { description: 'When its first leg started.' })
  startedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was answered; null where it was not.' })
  answeredAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When its last leg ended; null while a leg runs.' })
  endedAt!: string | null;

  @Field(() => Int, {
    description:
      'Billed seconds, from answer to end, hold included; 0 where it was not answered, or its end is not known yet.',
  })
  talkSeconds!: number;

  @Field(() => Bot, { nullable: true, description: 'The bot that spoke; null where there was none.' })
  bot!: Bot | null;

  @Field(() => Operator, { nullable: true, description: 'The operator who spoke; null where there was none.' })
  operator!: Operator | null;

  @Field(() => String, { nullable: true, description: "Evaluation of the bot's work; null where there is none." })
  evaluation!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it ended, as the carrier says; null where it says nothing.',
  })
  cause!: string | null;

  @Field(() => Money, { nullable: true, description: 'Sum of the prices of its legs, net; null while none is known.' })
  price!: Money | null;

  constructor(
    fields: Omit<Call, 'trunk' | 'readTrunk'>,
    readonly readTrunk: () => Promise<Trunk | null>,
  ) {
    Object.assign(this, fields);
  }

  @Field(() => Trunk, { nullable: true, description: 'The trunk that it went over; null where none is known.' })
  trunk(): Promise<Trunk | null> {
    return this.readTrunk();
  }
}

export const { Connection: CallConnection } = connectionTypes(Call, 'calls');
