import { createRandom, type Random } from '../../demo/random.ts';
import type { CallLine } from '../../subgraphs/telephony-stats/calls/call.line.ts';
import type { CallLegRow } from '../../subgraphs/telephony-stats/calls/call-leg.row.ts';
import { CALL_LEG_STATE } from '../../subgraphs/telephony-stats/calls/merge-call-leg.ts';
import { moments } from './message-events.ts';

const STATUSES = { ANSWERED: 60, NO_ANSWER: 22, BUSY: 12, FAILED: 6 } as const;
const TRUNKS = { t1: 30, t2: 20, t3: 15, t4: 12, t5: 10, t6: 7, t7: 4, t8: 2 } as const;
const SECOND_MS = 1000;
/** Of calls that are dialled together with the one before, over the same trunk. */
const TOGETHER_SHARE = 0.2;

/** `count` calls of one leg each over the year and eight trunks, in the order of time. The same seed gives the same calls. */
export function* callYear(seed: number, count: number): Generator<CallLegRow> {
  const random = createRandom(seed, 2);
  let [index, startedAt, trunkId] = [0, 0, ''];
  for (const moment of moments(random, count)) {
    if (index === 0 || !random.chance(TOGETHER_SHARE)) [startedAt, trunkId] = [moment, random.weighted(TRUNKS)];
    yield leg(random, { id: `call-${index}`, startedAt, trunkId });
    index += 1;
  }
}

function leg(random: Random, call: Pick<CallLine, 'id' | 'startedAt'> & { trunkId: string }): CallLegRow {
  const status = random.weighted(STATUSES);
  const answeredAt = call.startedAt + random.between(2, 30) * SECOND_MS;
  const endedAt = answeredAt + random.waitMs(120 * SECOND_MS);
  const line: Partial<CallLine> = {
    ...call,
    direction: random.chance(0.7) ? 'OUTBOUND' : 'INBOUND',
    status,
    statusAt: endedAt,
    ...(status === 'ANSWERED' && { answeredAt }),
    endedAt,
    priceAt: endedAt,
  };
  return CALL_LEG_STATE.merge(undefined, line as CallLine);
}
