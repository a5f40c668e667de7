import { compareCodePoints, type ReferenceLeg } from '../calls/call.reference.ts';
import { average, bucketsOf, passes, type Question, shown } from '../calls/call-figures.reference.ts';

/** A question about load. Instants are epoch milliseconds. */
export interface LoadQuestion extends Pick<Question, 'from' | 'to' | 'timeZone' | 'filter'> {
  granularity: 'MINUTE' | 'HOUR' | 'DAY' | 'MONTH';
}

const DAY_MS = 86_400_000;

/** The slow, plain answer: every second and every moment of every leg, one by one. */
export function loadOf(all: readonly ReferenceLeg[], question: LoadQuestion, asOf: number | null) {
  const legs = all.filter((leg) => passes({ ...leg, talk: talkOf(leg) }, question.filter));
  const buckets = bucketsOf(question);
  return {
    callsPerSecond: {
      buckets: buckets.map(([start, end]) => ({
        start: shown(start, question.timeZone),
        end: shown(end, question.timeZone),
      })),
      lines: linesOf(legs, question, buckets),
    },
    concurrency: {
      peak: buckets.map(([start, end]) => peakOf(legs, start, end, asOf)),
      average: buckets.map(([start, end]) => averageOf(legs, start, end, asOf)),
    },
  };
}

function talkOf(leg: ReferenceLeg): number | null {
  if (leg.status !== 'ANSWERED' || leg.end === null) return null;
  return Math.max(0, Math.floor((leg.end - (leg.answeredAt ?? leg.startedAt)) / 1000));
}

function linesOf(legs: readonly ReferenceLeg[], { from, to, timeZone }: LoadQuestion, buckets: [number, number][]) {
  const within = (start: number, end: number, trunkId: string) =>
    legs.filter((leg) => leg.trunkId === trunkId && leg.startedAt >= start && leg.startedAt < end);
  const trunkIds = new Set(legs.flatMap(({ trunkId }) => (trunkId === null ? [] : [trunkId])));
  const lines = [...trunkIds].flatMap((trunkId) => {
    const own = within(from, to, trunkId);
    if (own.length === 0) return [];
    const { peak, second } = fullestSecond(own);
    const parts = buckets.map(([start, end]) => ({ own: within(start, end, trunkId), length: end - start }));
    return [
      {
        trunk: { id: trunkId },
        peak,
        peakAt: shown(second as number, timeZone),
        average: average(1000 * own.length, to - from),
        peakSeries: parts.map((part) => fullestSecond(part.own).peak),
        averageSeries: parts.map((part) => average(1000 * part.own.length, part.length)),
      },
    ];
  });
  return lines.sort((a, b) => b.peak - a.peak || compareCodePoints(a.trunk.id, b.trunk.id));
}

function fullestSecond(legs: readonly ReferenceLeg[]): { peak: number; second: number | undefined } {
  const seconds = legs.map(({ startedAt }) => Math.floor(startedAt / 1000) * 1000);
  const count = (second: number) => seconds.filter((other) => other === second).length;
  const peak = Math.max(0, ...seconds.map(count));
  return { peak, second: seconds.toSorted((a, b) => a - b).find((second) => count(second) === peak) };
}

function spanOf({ startedAt, end }: ReferenceLeg, asOf: number | null): [number, number] {
  return [startedAt, end ?? Math.min(asOf ?? startedAt, startedAt + DAY_MS)];
}

function peakOf(legs: readonly ReferenceLeg[], start: number, end: number, asOf: number | null): number {
  const spans = legs.map((leg) => spanOf(leg, asOf));
  const moments = [start, ...spans.map(([from]) => from)].filter((moment) => moment >= start && moment < end);
  return Math.max(...moments.map((moment) => spans.filter(([from, to]) => from <= moment && moment < to).length));
}

function averageOf(legs: readonly ReferenceLeg[], start: number, end: number, asOf: number | null): number | null {
  const overlaps = legs
    .map((leg) => spanOf(leg, asOf))
    .map(([from, to]) => Math.max(0, Math.min(to, end) - Math.max(from, start)));
  return average(
    overlaps.reduce((sum, overlap) => sum + overlap, 0),
    end - start,
  );
}
