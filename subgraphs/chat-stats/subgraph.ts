import { directoryStream } from '#platform/directory';
import type { Subgraph } from '#platform/federation';
import { currentStateStream, eventStream } from '#platform/ingest';
import { ChatStatsResolver } from './dialogues/chat-stats.resolver.ts';
import { DIALOGUE_LINES } from './dialogues/dialogue.line.ts';
import { DialoguesResolver } from './dialogues/dialogues.resolver.ts';
import { DIALOGUE_STATE } from './dialogues/merge-dialogue.ts';
import { resolveBotReference } from './directory/bot.type.ts';
import { DirectoryResolver } from './directory/directory.resolver.ts';
import { resolveOperatorReference } from './directory/operator.type.ts';
import { applyChatMessages } from './messages/apply-chat-messages.ts';
import { CHAT_MESSAGE_LINES } from './messages/chat-message.line.ts';
import { ChatMessagesResolver } from './messages/chat-messages.resolver.ts';
import { CreateChats1764000000002 } from './migrations/1764000000002-create-chats.ts';
import { CreateOperatorEvents1764100000001 } from './migrations/1764100000001-create-operator-events.ts';
import { CreatePhrases1764100000002 } from './migrations/1764100000002-create-phrases.ts';
import { AddGeohashes1764100000003 } from './migrations/1764100000003-add-geohashes.ts';
import { CreateDays1764100000004 } from './migrations/1764100000004-create-days.ts';
import { CreatePhraseMonths1764100000005 } from './migrations/1764100000005-create-phrase-months.ts';
import { MeasureLengths1764100000006 } from './migrations/1764100000006-measure-lengths.ts';
import { CompareAuthorsAsText1764100000007 } from './migrations/1764100000007-compare-authors-as-text.ts';
import { CreatePhraseQuarters1764100000008 } from './migrations/1764100000008-create-phrase-quarters.ts';
import { OPERATOR_SESSION_STATE } from './operators/merge-operator-session.ts';
import { OPERATOR_STATE_STATE } from './operators/merge-operator-state.ts';
import { OPERATOR_SESSION_LINES } from './operators/operator-session.line.ts';
import { OPERATOR_STATE_LINES } from './operators/operator-state.line.ts';
import { Company, resolveCompanyReference } from './usage/company.type.ts';

const OWN_KINDS = ['CHAT', 'OPERATOR', 'OPERATOR_GROUP', 'BOT'] as const;

/** Dialogues with clients: who wrote, who handled them, and who is who. */
export const chatStats: Subgraph = {
  name: 'chat-stats',
  schema: 'chat_stats',
  resolvers: [ChatStatsResolver, DialoguesResolver, ChatMessagesResolver, DirectoryResolver],
  orphanedTypes: [Company],
  references: { Company: resolveCompanyReference, Bot: resolveBotReference, Operator: resolveOperatorReference },
  migrations: [
    CreateChats1764000000002,
    CreateOperatorEvents1764100000001,
    CreatePhrases1764100000002,
    AddGeohashes1764100000003,
    CreateDays1764100000004,
    CreatePhraseMonths1764100000005,
    MeasureLengths1764100000006,
    CompareAuthorsAsText1764100000007,
    CreatePhraseQuarters1764100000008,
  ],
  ingest: [
    currentStateStream(DIALOGUE_LINES, DIALOGUE_STATE),
    eventStream(CHAT_MESSAGE_LINES, applyChatMessages),
    currentStateStream(OPERATOR_SESSION_LINES, OPERATOR_SESSION_STATE),
    currentStateStream(OPERATOR_STATE_LINES, OPERATOR_STATE_STATE),
    directoryStream({ keeps: OWN_KINDS, counts: OWN_KINDS }),
  ],
};
