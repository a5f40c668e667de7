import type { Rollup } from '#platform/rollups';
import { CALLS } from './call.fact.ts';
import type { CallRow } from './call.row.ts';
import { CALL_STATUSES } from './call-status.ts';
import { defaultDurationClass } from './duration-classes.ts';

/** What one call adds to the levels: in Node what call.fact.ts says in SQL. */
export const CALL_ROLLUP: Rollup<CallRow> = {
  fact: CALLS,
  contribution(call) {
    const { status, talkSeconds, holdSeconds, wrapUpSeconds, priceMicros } = call;
    return {
      moments: { STARTED_AT: call.startedAt },
      keys: {
        STATUS: status,
        DURATION: defaultDurationClass(call),
        DIRECTION: call.direction,
        TRUNK: call.trunkId ?? '',
        BOT: call.botId ?? '',
        BOT_EVALUATION: call.evaluation ?? '',
        OPERATOR: call.operatorId ?? '',
      },
      sums: {
        total: 1,
        answered: status === 'ANSWERED' ? 1 : 0,
        seizures: status === 'IN_PROGRESS' ? 0 : 1,
        reached: CALL_STATUSES[status].reached ? 1 : 0,
        talkSeconds: talkSeconds ?? 0,
        holdSeconds,
        wrapUpSeconds,
        price: priceMicros ?? 0n,
        unpriced: priceMicros === null ? 1 : 0,
      },
    };
  },
};
