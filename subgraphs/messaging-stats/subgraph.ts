import type { Subgraph } from '#platform/federation';
import { currentStateStream } from '#platform/ingest';
import { MESSAGE_STATE } from './messages/merge-message.ts';
import { MESSAGE_LINES } from './messages/message.line.ts';
import { MESSAGE_ROLLUP } from './messages/message.rollup.ts';
import { MessagesResolver } from './messages/messages.resolver.ts';
import { MessagingStatsResolver } from './messages/messaging-stats.resolver.ts';
import { CreateMessages1764000000001 } from './migrations/1764000000001-create-messages.ts';
import { CreateMessageLevels1764200000004 } from './migrations/1764200000004-create-message-levels.ts';
import { SmsEstimateResolver } from './sms/sms-estimate.resolver.ts';
import { Company, resolveCompanyReference } from './usage/company.type.ts';

/** Messages over all channels: what was sent, delivered and paid. */
export const messagingStats: Subgraph = {
  name: 'messaging-stats',
  schema: 'messaging_stats',
  resolvers: [MessagingStatsResolver, MessagesResolver, SmsEstimateResolver],
  orphanedTypes: [Company],
  references: { Company: resolveCompanyReference },
  migrations: [CreateMessages1764000000001, CreateMessageLevels1764200000004],
  ingest: [currentStateStream(MESSAGE_LINES, MESSAGE_STATE)],
  rollups: [MESSAGE_ROLLUP],
};
