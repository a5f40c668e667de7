import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, Money } from '#platform/graphql';
import { ChatAuthor } from '../dialogues/chat.enums.ts';
import { Operator } from '../directory/operator.type.ts';

@ObjectType({ description: 'One message of a dialogue. What was written is not kept.' })
export class ChatMessage {
  @Field(() => ID, { description: "The platform's id of the message." })
  id!: string;

  @Field(() => ID, { description: 'The dialogue that it belongs to.' })
  dialogueId!: string;

  @Field(() => ChatAuthor, { description: 'Who wrote it.' })
  author!: keyof typeof ChatAuthor;

  @Field(() => Operator, { nullable: true, description: 'The operator who wrote it; null where no operator did.' })
  operator!: Operator | null;

  @Field(() => DateTime, { description: 'When it was sent.' })
  sentAt!: string;

  @Field(() => Money, { nullable: true, description: 'Its price, net; null where none is known.' })
  price!: Money | null;
}

export const { Connection: ChatMessageConnection } = connectionTypes(ChatMessage, 'chat messages');
