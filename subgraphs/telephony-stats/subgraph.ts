import type { Subgraph } from '#platform/federation';
import { currentStateStream } from '#platform/ingest';
import { CALL_LINES } from './calls/call.line.ts';
import { CALL_LEG_STATE } from './calls/merge-call-leg.ts';
import { TelephonyStatsResolver } from './calls/telephony-stats.resolver.ts';
import { CreateCalls1764000000003 } from './migrations/1764000000003-create-calls.ts';

/** Calls over all trunks: how many, how they ended, how long they took and what they cost. */
export const telephonyStats: Subgraph = {
  name: 'telephony-stats',
  schema: 'telephony_stats',
  resolvers: [TelephonyStatsResolver],
  migrations: [CreateCalls1764000000003],
  ingest: [currentStateStream(CALL_LINES, CALL_LEG_STATE)],
};
