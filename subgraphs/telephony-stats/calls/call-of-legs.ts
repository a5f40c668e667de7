import { compareText } from '#platform/ingest';
import type { CallRow } from './call.row.ts';
import type { CallLegRow } from './call-leg.row.ts';

/** The call that legs with one root make; at least one leg. Pure, and the same for any order of the legs. */
export function callOfLegs(legs: readonly CallLegRow[]): CallRow {
  const leg = decidingLeg(legs);
  const ends = legs.map(endOfLeg);
  const prices = legs.flatMap(({ priceMicros }) => (priceMicros === null ? [] : [priceMicros]));
  return {
    id: leg.callId,
    direction: leg.direction,
    status: leg.status,
    startedAt: legs.reduce((least, { startedAt }) => Math.min(least, startedAt), leg.startedAt),
    answeredAt: leg.answeredAt,
    endedAt:
      ends.reduce((greatest, end) => (greatest === null || end === null ? null : Math.max(greatest, end))) ?? null,
    talkSeconds: talkSecondsOf(leg),
    holdSeconds: leg.holdSeconds ?? 0,
    wrapUpSeconds: leg.wrapUpSeconds ?? 0,
    trunkId: leg.trunkId,
    botId: leg.botId,
    operatorId: leg.operatorId,
    numberHash: leg.numberHash,
    evaluation: leg.evaluation,
    cause: leg.cause,
    priceMicros: prices.length === 0 ? null : prices.reduce((sum, price) => sum + price),
  };
}

/**
 * When a leg ended, epoch milliseconds: as given; one that came to nothing ended with its status at the latest. Null while it
 * runs: while it is in progress, or answered without an end.
 */
export function endOfLeg({ status, statusAt, endedAt }: CallLegRow): number | null {
  if (status === 'IN_PROGRESS') return null;
  return endedAt ?? (status === 'ANSWERED' ? null : statusAt);
}

/** The leg answered first; else the first that is in progress; else the last. */
function decidingLeg(legs: readonly CallLegRow[]): CallLegRow {
  const answered = legs.filter(({ status }) => status === 'ANSWERED');
  if (answered.length > 0) return first(answered, answerOfLeg);
  const running = legs.filter(({ status }) => status === 'IN_PROGRESS');
  return running.length > 0 ? first(running, startOfLeg) : last(legs, startOfLeg);
}

function talkSecondsOf(leg: CallLegRow): number | null {
  const end = endOfLeg(leg);
  if (leg.status !== 'ANSWERED' || end === null) return null;
  return Math.max(0, Math.floor((end - answerOfLeg(leg)) / 1000));
}

const startOfLeg = ({ startedAt }: CallLegRow) => startedAt;
const answerOfLeg = ({ answeredAt, startedAt }: CallLegRow) => answeredAt ?? startedAt;

function first(legs: readonly CallLegRow[], at: (leg: CallLegRow) => number): CallLegRow {
  return legs.reduce((best, leg) => (compareLegs(leg, best, at) < 0 ? leg : best));
}

function last(legs: readonly CallLegRow[], at: (leg: CallLegRow) => number): CallLegRow {
  return legs.reduce((best, leg) => (compareLegs(leg, best, at) > 0 ? leg : best));
}

function compareLegs(a: CallLegRow, b: CallLegRow, at: (leg: CallLegRow) => number): number {
  return at(a) - at(b) || compareText(a.id, b.id);
}
