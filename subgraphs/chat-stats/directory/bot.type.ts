import { Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import { nameOf } from '#platform/directory';
import { connectionTypes, type RequestContext } from '#platform/graphql';
import { botEntries } from './named-ids.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A bot: a script that is used in chats and calls.' })
export class Bot {
  @Field(() => ID, { description: "The platform's id of the bot." })
  id: string;

  constructor(id: string) {
    this.id = id;
  }

  @Field(() => String, { description: 'Its name; the id where no directory line has named it.' })
  async name(@Ctx() context: RequestContext): Promise<string> {
    return nameOf(this.id, await context.once(botEntries).load(this.id));
  }
}

export const { Connection: BotConnection } = connectionTypes(Bot, 'bots');

/** Resolves a bot that another subgraph refers to; whatever the id, there is one. */
export function resolveBotReference({ id }: { id: string }): Bot {
  return new Bot(id);
}
