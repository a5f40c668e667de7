import type { Subgraph } from '#platform/federation';
import { billing } from '../subgraphs/billing/subgraph.ts';
import { chatStats } from '../subgraphs/chat-stats/subgraph.ts';
import { messagingStats } from '../subgraphs/messaging-stats/subgraph.ts';
import { reports } from '../subgraphs/reports/subgraph.ts';
import { telephonyStats } from '../subgraphs/telephony-stats/subgraph.ts';

/** All subgraphs, in the order in which their tables are made: billing keeps the register of companies. */
export const SUBGRAPHS: readonly Subgraph[] = [billing, messagingStats, chatStats, telephonyStats, reports];
