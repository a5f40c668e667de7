import type { Subgraph } from '#platform/federation';
import { billing } from '../subgraphs/billing/subgraph.ts';
import { messagingStats } from '../subgraphs/messaging-stats/subgraph.ts';
import { reports } from '../subgraphs/reports/subgraph.ts';

/** All subgraphs, in the order in which their tables are made: billing keeps the register of companies. */
export const SUBGRAPHS: readonly Subgraph[] = [billing, messagingStats, reports];
