import { DateTime } from 'luxon';
import { compareCodePoints, type ReferenceCall } from './call.reference.ts';

export type DimensionName = 'STATUS' | 'DURATION' | 'TRUNK' | 'DIRECTION' | 'BOT' | 'OPERATOR' | 'BOT_EVALUATION';

/** A question about calls, as `FIGURES` asks it. Instants are epoch milliseconds. */
export interface Question {
  from: number;
  to: number;
  timeZone: string;
  filter: {
    directions?: string[] | null;
    statuses?: string[] | null;
    trunkIds?: string[] | null;
    botIds?: string[] | null;
    operatorIds?: string[] | null;
    evaluations?: string[] | null;
    talkSecondsFrom?: number | null;
    talkSecondsTo?: number | null;
  };
  by: DimensionName[];
  seriesBy: DimensionName[];
  granularity: 'HOUR' | 'DAY' | 'MONTH';
  durationBounds: number[] | null;
  first: number | null;
  page: number;
}

const NETWORK_DID_ITS_PART = ['ANSWERED', 'BUSY', 'NO_ANSWER', 'REJECTED'];

/** The whole answer to a question, of a company with these calls and the currency EUR. */
export function answerOf(all: readonly ReferenceCall[], question: Question) {
  const { from, to, timeZone, filter, by, seriesBy, first, page } = question;
  const limit = first ?? 100;
  const members = all.filter((call) => passes(call, filter));
  const within = (start: number, end: number) =>
    members.filter(({ startedAt }) => startedAt >= start && startedAt < end);
  const counted = within(from, to);
  const show = (instant: number | null) => (instant === null ? null : shown(instant, timeZone));
  const groups = groupsOf(counted, by, question);
  const lines = seriesBy.length === 0 ? [{ keys: [], calls: counted }] : groupsOf(counted, seriesBy, question);
  const buckets = bucketsOf(question);
  const listed = counted.toSorted((a, b) => b.startedAt - a.startedAt || compareCodePoints(b.id, a.id));
  const length = to - from;
  return {
    telephonyStats: {
      counters: countersOf(counted),
      breakdown: groups.slice(0, limit).map(({ keys, calls }) => ({
        keys,
        share: percent(calls.length, counted.length),
        counters: countersOf(calls),
      })),
      series: {
        buckets: buckets.map(([start, end]) => ({ start: show(start), end: show(end) })),
        omittedLines: Math.max(0, lines.length - limit),
        lines: lines.slice(0, limit).map(({ keys, calls }) => ({
          keys,
          ...columnsOf(
            buckets.map(([start, end]) => within(start, end)),
            calls,
          ),
        })),
      },
      previous: { counters: countersOf(within(from - length, from)) },
    },
    calls: {
      totalCount: counted.length,
      nodes: listed.slice(0, page).map((call) => ({
        id: call.id,
        direction: call.direction,
        status: call.status,
        startedAt: show(call.startedAt),
        answeredAt: show(call.answeredAt),
        endedAt: show(call.end),
        talkSeconds: call.talk ?? 0,
        trunk: call.trunkId && { id: call.trunkId, name: call.trunkId, callsPerSecondLimit: null },
        bot: call.botId && { id: call.botId },
        operator: call.operatorId && { id: call.operatorId },
        evaluation: call.evaluation,
        cause: call.cause,
        price: call.price === null ? null : { amount: amount(call.price), currency: 'EUR' },
      })),
    },
  };
}

export function passes(call: ReferenceCall, filter: Question['filter']): boolean {
  const { talkSecondsFrom: from, talkSecondsTo: to } = filter;
  const allows = (wanted: string[] | null | undefined, key: string | null) =>
    !wanted?.length || wanted.includes(key ?? '');
  const isLongEnough = from == null || (call.talk !== null && call.talk >= from);
  const isShortEnough = to == null || (call.talk !== null && call.talk < to);
  return (
    isLongEnough &&
    isShortEnough &&
    allows(filter.directions, call.direction) &&
    allows(filter.statuses, call.status) &&
    allows(filter.trunkIds, call.trunkId) &&
    allows(filter.botIds, call.botId) &&
    allows(filter.operatorIds, call.operatorId) &&
    allows(filter.evaluations, call.evaluation)
  );
}

function keyOf(call: ReferenceCall, dimension: DimensionName, bounds: readonly number[]): string {
  if (dimension === 'STATUS') return call.status;
  if (dimension === 'DIRECTION') return call.direction;
  if (dimension === 'TRUNK') return call.trunkId ?? '';
  if (dimension === 'BOT') return call.botId ?? '';
  if (dimension === 'OPERATOR') return call.operatorId ?? '';
  if (dimension === 'BOT_EVALUATION') return call.evaluation ?? '';
  if (!['ANSWERED', 'IN_PROGRESS'].includes(call.status)) return 'UNANSWERED';
  const { talk } = call;
  if (talk === null) return 'RUNNING';
  const below = bounds.filter((bound) => bound <= talk);
  return `${below.at(-1) ?? 0}-${bounds[below.length] ?? ''}`;
}

/** Largest first, then by keys. */
function groupsOf(calls: readonly ReferenceCall[], by: readonly DimensionName[], { durationBounds }: Question) {
  const groups = new Map<string, { keys: string[]; calls: ReferenceCall[] }>();
  for (const call of calls) {
    const keys = by.map((dimension) => keyOf(call, dimension, durationBounds ?? [5, 15, 30, 60, 180]));
    const group = groups.get(JSON.stringify(keys)) ?? { keys, calls: [] };
    group.calls.push(call);
    groups.set(JSON.stringify(keys), group);
  }
  return [...groups.values()].sort((a, b) => b.calls.length - a.calls.length || compareKeys(a.keys, b.keys));
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  return a.map((key, index) => compareCodePoints(key, b[index] as string)).find((order) => order !== 0) ?? 0;
}

function countersOf(calls: readonly ReferenceCall[]) {
  const answered = calls.filter(({ status }) => status === 'ANSWERED');
  const over = calls.filter(({ status }) => status !== 'IN_PROGRESS');
  const numbers = (some: readonly ReferenceCall[]) =>
    new Set(some.flatMap(({ number }) => (number === null ? [] : [number]))).size;
  const sum = (read: (call: ReferenceCall) => number) => calls.reduce((total, call) => total + read(call), 0);
  const talk = sum((call) => call.talk ?? 0);
  const wrapUp = sum((call) => call.wrapUp);
  const price = calls.reduce((total, call) => total + (call.price ?? 0n), 0n);
  return {
    total: calls.length,
    answered: answered.length,
    contacts: numbers(calls),
    contactsReached: numbers(answered),
    talkSeconds: talk,
    holdSeconds: sum((call) => call.hold),
    wrapUpSeconds: wrapUp,
    averageHandlingSeconds: average(talk + wrapUp, answered.length),
    answerSeizureRatio: percent(answered.length, over.length),
    averageCallSeconds: average(talk, answered.length),
    networkEffectivenessRatio: percent(
      calls.filter(({ status }) => NETWORK_DID_ITS_PART.includes(status)).length,
      over.length,
    ),
    price: { amount: amount(price), currency: 'EUR' },
  };
}

/** A line of a series: the counters of its calls bucket by bucket, turned on their side. */
function columnsOf(bucketsOfAll: readonly (readonly ReferenceCall[])[], line: readonly ReferenceCall[]) {
  const members = new Set(line);
  const cells = bucketsOfAll.map((whole) => {
    const calls = whole.filter((call) => members.has(call));
    return { ...countersOf(calls), share: percent(calls.length, whole.length) };
  });
  const column = <T>(read: (cell: (typeof cells)[number]) => T) => cells.map(read);
  return {
    total: column(({ total }) => total),
    answered: column(({ answered }) => answered),
    contacts: column(({ contacts }) => contacts),
    contactsReached: column(({ contactsReached }) => contactsReached),
    talkSeconds: column(({ talkSeconds }) => talkSeconds),
    averageHandlingSeconds: column(({ averageHandlingSeconds }) => averageHandlingSeconds),
    answerSeizureRatio: column(({ answerSeizureRatio }) => answerSeizureRatio),
    averageCallSeconds: column(({ averageCallSeconds }) => averageCallSeconds),
    price: column(({ price }) => price.amount),
    share: column(({ share }) => share),
  };
}

/** [start, end) of each bucket; for zones whose offsets are whole hours and whose clocks do not change at midnight. */
export function bucketsOf({
  from,
  to,
  timeZone,
  granularity,
}: Pick<Question, 'from' | 'to' | 'timeZone'> & { granularity: string }): [number, number][] {
  const unit = granularity.toLowerCase() as 'minute' | 'hour' | 'day' | 'month';
  const starts = [from];
  let next = DateTime.fromMillis(from, { zone: timeZone })
    .startOf(unit)
    .plus({ [unit]: 1 });
  for (; next.toMillis() < to; next = next.plus({ [unit]: 1 })) starts.push(next.toMillis());
  return starts.map((start, index) => [start, starts[index + 1] ?? to]);
}

/** One decimal, half-up. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((2000 * part + whole) / (2 * whole)) / 10;
}

/** Three decimals, half-up. */
export function average(sum: number, count: number): number | null {
  return count === 0 ? null : Math.floor((2000 * sum + count) / (2 * count)) / 1000;
}

function amount(micros: bigint): string {
  const digits = micros.toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0+$/, '').padEnd(2, '0')}`;
}

export function shown(instant: number, timeZone: string): string {
  return DateTime.fromMillis(instant, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZ");
}
