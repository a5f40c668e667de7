import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { nameOf } from '#platform/directory';
import { connectionTypes, type RequestContext } from '#platform/graphql';
import { Messenger } from '../dialogues/chat.enums.ts';
import { chatMessengers } from './chat-messengers.ts';
import { chatEntries } from './named-ids.ts';

@ObjectType({ description: 'A chat that clients write to: a widget on a site, an account of a messenger.' })
export class Chat {
  @Field(() => ID, { description: "The platform's id of the chat." })
  id: string;

  constructor(id: string) {
    this.id = id;
  }

  @Field(() => String, { description: 'Its name; the id where no directory line has named it.' })
  async name(@Ctx() context: RequestContext): Promise<string> {
    return nameOf(this.id, await context.once(chatEntries).load(this.id));
  }

  @Field(() => Messenger, {
    description: 'Its messenger; where no directory line has named it, that of its latest dialogue.',
  })
  messenger(@Ctx() context: RequestContext): Promise<keyof typeof Messenger> {
    return context.once(chatMessengers).load(this.id);
  }
}

export const { Connection: ChatConnection } = connectionTypes(Chat, 'chats');
