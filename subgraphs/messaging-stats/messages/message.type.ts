import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, Money } from '#platform/graphql';
import { Channel, MessageStatus } from './message.enums.ts';

@ObjectType({ description: 'One message: an attempt on one channel, in its current state.' })
export class Message {
  @Field(() => ID, { description: "The platform's id of the message." })
  id!: string;

  @Field(() => Channel, { description: 'The channel of the attempt.' })
  channel!: keyof typeof Channel;

  @Field(() => MessageStatus, { description: 'The status that it has now.' })
  status!: keyof typeof MessageStatus;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was handed to a provider; null where it was not.' })
  sentAt!: string | null;

  @Field(() => DateTime, { description: 'When it reached its status.' })
  statusAt!: string;

  @Field(() => Int, { nullable: true, description: 'Parts of an SMS; null on other channels.' })
  smsParts!: number | null;

  @Field(() => Money, { nullable: true, description: 'Its price, net; null while it is not known.' })
  price!: Money | null;

  @Field(() => String, {
    nullable: true,
    description: "The carrier's or provider's error code; null where there was none.",
  })
  errorCode!: string | null;

  @Field(() => ID, { description: "The notification that it belongs to: its cascade's id, else its own." })
  notificationId!: string;

  constructor(
    fields: Omit<Message, 'fallbackChannel' | 'readFallbackChannel'>,
    readonly readFallbackChannel: () => Promise<keyof typeof Channel | null>,
  ) {
    Object.assign(this, fields);
  }

  @Field(() => Channel, {
    nullable: true,
    description:
      "The channel of the cascade's next attempt, where this one was omitted or failed; null where there was none.",
  })
  fallbackChannel(): Promise<keyof typeof Channel | null> {
    return this.readFallbackChannel();
  }
}

export const { Connection: MessageConnection } = connectionTypes(Message, 'messages');
