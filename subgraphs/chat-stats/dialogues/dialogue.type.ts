import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, Money } from '#platform/graphql';
import { Bot } from '../directory/bot.type.ts';
import { Chat } from '../directory/chat.type.ts';
import { Operator } from '../directory/operator.type.ts';
import { Messenger } from './chat.enums.ts';

@ObjectType({ description: 'One dialogue with a client.' })
export class Dialogue {
  @Field(() => ID, { description: "The platform's id of the dialogue." })
  id!: string;

  @Field(() => Chat, { description: 'The chat that it was held in.' })
  chat!: Chat;

  @Field(() => Messenger, { description: 'The messenger that the client used.' })
  messenger!: keyof typeof Messenger;

  @Field(() => Bot, { nullable: true, description: 'The bot that took part; null where there was none.' })
  bot!: Bot | null;

  @Field(() => [Operator], { description: 'Who wrote in it, by id; empty where no operator did.' })
  operators!: Operator[];

  @Field(() => DateTime, { description: 'When it started.' })
  startedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was closed; null while it is open.' })
  closedAt!: string | null;

  @Field(() => Int, { description: 'Messages of the client, whenever sent.' })
  clientMessages!: number;

  @Field(() => Int, { description: 'Messages of bots, whenever sent.' })
  botMessages!: number;

  @Field(() => Int, { description: 'Messages of operators, whenever sent.' })
  operatorMessages!: number;

  @Field(() => Money, { description: 'Sum of the prices of its messages, net; those without a price add nothing.' })
  price!: Money;
}

export const { Connection: DialogueConnection } = connectionTypes(Dialogue, 'dialogues');
