import { Field, ID, InputType } from 'type-graphql';
import { ChatAuthor, HandledBy, Messenger } from './chat.enums.ts';

@InputType({
  description:
    'Which dialogues are counted, and of which dialogues messages are. Null, an omitted field and an empty list all mean: no ' +
    'restriction. An id that neither the directory nor any event names is refused.',
})
export class ChatFilter {
  @Field(() => [ID], { nullable: true, description: 'Of these chats.' })
  chatIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'In which one of these operators wrote. Of the messages of operators theirs are kept; those of clients and bots in these ' +
      'dialogues stay.',
  })
  operatorIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'That went to one of these groups of operators.' })
  groupIds?: string[] | null;

  @Field(() => [Messenger], { nullable: true, description: 'Of these messengers.' })
  messengers?: (keyof typeof Messenger)[] | null;

  @Field(() => [ID], { nullable: true, description: 'Of these bots.' })
  botIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Dialogues with at least one message of the client, whenever it was sent (true), or with none (false).',
  })
  hasCustomerMessages?: boolean | null;

  @Field(() => [HandledBy], { nullable: true, description: 'That were handled by one of these.' })
  handledBy?: (keyof typeof HandledBy)[] | null;
}

export type AuthorNames = (keyof typeof ChatAuthor)[] | null | undefined;
