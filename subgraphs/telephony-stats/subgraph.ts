import { directoryStream } from '#platform/directory';
import type { Subgraph } from '#platform/federation';
import { currentStateStream } from '#platform/ingest';
import { resolveBotReference } from './calls/bot.type.ts';
import { CALL_LINES } from './calls/call.line.ts';
import { CALL_ROLLUP } from './calls/call.rollup.ts';
import { CallsResolver } from './calls/calls.resolver.ts';
import { CALL_LEG_STATE } from './calls/merge-call-leg.ts';
import { TelephonyStatsResolver } from './calls/telephony-stats.resolver.ts';
import { CreateCalls1764000000003 } from './migrations/1764000000003-create-calls.ts';
import { CreateCallLoad1764000000030 } from './migrations/1764000000030-create-call-load.ts';
import { CreateCallLevels1764200000031 } from './migrations/1764200000031-create-call-levels.ts';
import { TrunksResolver } from './trunks/trunks.resolver.ts';
import { Company, resolveCompanyReference } from './usage/company.type.ts';

/** Calls over all trunks: how many, how they ended, how long they took and what they cost. */
export const telephonyStats: Subgraph = {
  name: 'telephony-stats',
  schema: 'telephony_stats',
  resolvers: [TelephonyStatsResolver, CallsResolver, TrunksResolver],
  orphanedTypes: [Company],
  references: { Company: resolveCompanyReference, Bot: resolveBotReference },
  migrations: [CreateCalls1764000000003, CreateCallLoad1764000000030, CreateCallLevels1764200000031],
  ingest: [
    currentStateStream(CALL_LINES, CALL_LEG_STATE),
    directoryStream({ keeps: ['BOT', 'OPERATOR', 'TRUNK'], counts: ['TRUNK'] }),
  ],
  rollups: [CALL_ROLLUP],
};
