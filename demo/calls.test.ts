import { createHash } from 'node:crypto';
import type { CallLine } from './call-plan.ts';
import { demoCalls, demoTrunks } from './calls.ts';
import { DEMO_SCENARIO, streamOptions } from './scenario.ts';

const NOW = Date.parse('2026-06-17T11:24:00Z');
const OPTIONS = streamOptions(DEMO_SCENARIO, NOW);
const LINES = [...demoCalls(OPTIONS)];
const LEGS = Map.groupBy(LINES, ({ id }) => id);
const CALLS = Map.groupBy(LINES, ({ id, rootId }) => rootId ?? id);

/** How a leg stands at the present. */
const last = (lines: readonly CallLine[]) =>
  lines.findLast(({ price, priceAt }) => price === undefined || !priceAt) as CallLine;

test('the same seed and times give the same bytes, another seed gives others', () => {
  expect(hashOf(demoCalls(OPTIONS))).toBe(hashOf(LINES));
  expect(hashOf(demoCalls({ ...OPTIONS, seed: 8 }))).not.toBe(hashOf(LINES));
});

test('a later present adds lines and changes none, so that the demo can be loaded again', () => {
  const later = new Set([...demoCalls({ ...OPTIONS, to: NOW + 26 * 3_600_000 })].map((line) => JSON.stringify(line)));
  expect(LINES.filter((line) => !later.has(JSON.stringify(line)))).toEqual([]);
  expect(later.size).toBeGreaterThan(LINES.length);
});

test('a later beginning only leaves calls out', () => {
  const from = Date.parse('2026-05-20T10:00:00Z');
  const root = (line: CallLine) => CALLS.get(line.rootId ?? line.id)?.[0] as CallLine;
  const kept = LINES.filter((line) => Date.parse(root(line).startedAt) >= from);
  expect(hashOf(demoCalls({ ...OPTIONS, from }))).toBe(hashOf(kept));
});

test('everything lies between the beginning and the present, and comes in the order of time', () => {
  const told = LINES.map(({ statusAt, priceAt }) => priceAt ?? statusAt);
  expect(told).toEqual(told.toSorted());
  expect(Date.parse(told.at(-1) as string)).toBeLessThanOrEqual(NOW);
  expect(LINES.filter(({ startedAt }) => Date.parse(startedAt) < OPTIONS.from)).toEqual([]);
});

test('the lines of a leg agree with each other, and its times follow one another', () => {
  const faults = [...LEGS.values()].filter((lines) => {
    const [first] = lines as [CallLine];
    const isOne = lines.every((line) => {
      return line.startedAt === first.startedAt && line.direction === first.direction && line.rootId === first.rootId;
    });
    const { startedAt, answeredAt = startedAt, endedAt = answeredAt } = last(lines);
    return !isOne || startedAt > answeredAt || answeredAt > endedAt;
  });
  expect(faults).toEqual([]);
});

test('there are about 20,000 calls, some of them with two legs that overlap', () => {
  expect(CALLS.size).toBeGreaterThan(18_000);
  expect(CALLS.size).toBeLessThan(23_000);
  const second = [...LEGS.values()].filter(([line]) => line?.rootId !== undefined);
  expect(second.length / CALLS.size).toBeGreaterThan(0.03);
  const overlapping = second.filter(([line]) => {
    const root = LEGS.get(line?.rootId as string) as CallLine[];
    return (line as CallLine).startedAt < (last(root).endedAt as string);
  });
  expect(overlapping).toHaveLength(second.length);
});

test('every status, evaluation, bot, operator and trunk occurs, and a few calls are running', () => {
  const ends = [...LEGS.values()].map(last);
  const values = (read: (line: CallLine) => string | undefined) => new Set(ends.map(read).filter(Boolean));
  expect([...values(({ status }) => status)].toSorted()).toEqual([
    'ANSWERED',
    'BUSY',
    'CANCELED',
    'CONGESTION',
    'FAILED',
    'IN_PROGRESS',
    'NO_ANSWER',
    'REJECTED',
  ]);
  expect([...values(({ evaluation }) => evaluation)].toSorted()).toEqual(['BAD', 'GOOD', 'NEUTRAL']);
  expect(values(({ botId }) => botId).size).toBe(3);
  expect(values(({ operatorId }) => operatorId).size).toBe(6);
  const trunks = [...demoTrunks()].map((line) => (line as { id: string }).id);
  expect([...values(({ trunkId }) => trunkId)].toSorted()).toEqual(trunks.toSorted());
  const running = ends.filter(({ status, endedAt }) => status === 'IN_PROGRESS' || (status === 'ANSWERED' && !endedAt));
  expect(running.length).toBeGreaterThan(0);
  expect(running.length).toBeLessThan(20);
});

test('prices come late for some legs and never for a few, and bursts go to the limit of a trunk and beyond', () => {
  const answered = [...LEGS.values()].filter((lines) => last(lines).endedAt && last(lines).answeredAt);
  const late = answered.filter((lines) => lines.some(({ priceAt }) => priceAt !== undefined));
  const priced = answered.filter((lines) => lines.some(({ price }) => price !== undefined));
  expect(late.length / answered.length).toBeCloseTo(0.12, 1);
  expect(priced.length).toBeLessThan(answered.length);
  const perSecond = Map.groupBy(
    [...LEGS.values()].filter(([line]) => line?.trunkId === 'trunk-mobile'),
    ([line]) => (line as CallLine).startedAt.slice(0, 19),
  );
  expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeGreaterThanOrEqual(6);
});

function hashOf(lines: Iterable<object>): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${JSON.stringify(line)}\n`);
  return hash.digest('hex');
}
