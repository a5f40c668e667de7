import { directoryStream } from '#platform/directory';
import type { Subgraph } from '#platform/federation';
import { currentStateStream } from '#platform/ingest';
import { ChatStatsResolver } from './dialogues/chat-stats.resolver.ts';
import { DIALOGUE_LINES } from './dialogues/dialogue.line.ts';
import { DialoguesResolver } from './dialogues/dialogues.resolver.ts';
import { DIALOGUE_STATE } from './dialogues/merge-dialogue.ts';
import { resolveBotReference } from './directory/bot.type.ts';
import { DirectoryResolver } from './directory/directory.resolver.ts';
import { resolveOperatorReference } from './directory/operator.type.ts';
import { CHAT_MESSAGE_LINES } from './messages/chat-message.line.ts';
import { ChatMessagesResolver } from './messages/chat-messages.resolver.ts';
import { CHAT_MESSAGE_STATE } from './messages/merge-chat-message.ts';
import { CreateChats1764000000002 } from './migrations/1764000000002-create-chats.ts';
import { Company, resolveCompanyReference } from './usage/company.type.ts';

const OWN_KINDS = ['CHAT', 'OPERATOR', 'OPERATOR_GROUP', 'BOT'] as const;

/** Dialogues with clients: who wrote, who handled them, and who is who. */
export const chatStats: Subgraph = {
  name: 'chat-stats',
  schema: 'chat_stats',
  resolvers: [ChatStatsResolver, DialoguesResolver, ChatMessagesResolver, DirectoryResolver],
  orphanedTypes: [Company],
  references: { Company: resolveCompanyReference, Bot: resolveBotReference, Operator: resolveOperatorReference },
  migrations: [CreateChats1764000000002],
  ingest: [
    currentStateStream(DIALOGUE_LINES, DIALOGUE_STATE),
    currentStateStream(CHAT_MESSAGE_LINES, CHAT_MESSAGE_STATE),
    directoryStream({ keeps: OWN_KINDS, counts: OWN_KINDS }),
  ],
};
