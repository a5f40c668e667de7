import { createHash } from 'node:crypto';
import type { MessageLine } from './message-attempt.ts';
import { priceText } from './message-profile.ts';
import { demoMessages } from './messages.ts';
import { DEMO_SCENARIO, streamOptions } from './scenario.ts';

const NOW = Date.parse('2026-06-17T11:24:00Z');
const OPTIONS = streamOptions(DEMO_SCENARIO, NOW);
const RANKS: Record<string, number> = {
  PENDING: 1,
  CANCELED: 2,
  OMITTED_OPTIONAL: 2,
  ERROR: 2,
  UNDELIVERED: 2,
  DELIVERED: 3,
};

const LINES = [...demoMessages(OPTIONS)];
const MESSAGES = byId(LINES);

test('the same seed and times give the same bytes, another seed gives others', () => {
  expect(hashOf(demoMessages(OPTIONS))).toBe(hashOf(LINES));
  expect(hashOf(demoMessages({ ...OPTIONS, seed: 8 }))).not.toBe(hashOf(LINES));
});

test('a later present adds lines and changes none, so that the demo can be loaded again', () => {
  const later = new Set(
    [...demoMessages({ ...OPTIONS, to: NOW + 26 * 3_600_000 })].map((line) => JSON.stringify(line)),
  );
  expect(LINES.filter((line) => !later.has(JSON.stringify(line)))).toEqual([]);
  expect(later.size).toBeGreaterThan(LINES.length);
});

test('a later beginning only leaves messages out', () => {
  const from = Date.parse('2026-05-20T10:00:00Z');
  const kept = LINES.filter(({ createdAt }) => Date.parse(createdAt) >= from);
  expect(hashOf(demoMessages({ ...OPTIONS, from }))).toBe(hashOf(kept));
});

test('everything lies between the beginning and the present, and comes in the order of time', () => {
  const times = LINES.flatMap(({ createdAt, statusAt, sentAt, priceAt }) => [createdAt, statusAt, sentAt, priceAt]);
  const known = times.filter((time) => time !== undefined).map((time) => Date.parse(time));
  expect(known.reduce((least, time) => Math.min(least, time))).toBeGreaterThanOrEqual(OPTIONS.from);
  expect(known.reduce((greatest, time) => Math.max(greatest, time))).toBeLessThanOrEqual(NOW);
  const told = LINES.map(({ statusAt, priceAt }) => priceAt ?? statusAt);
  expect(told).toEqual([...told].sort());
});

test('the lines of a message agree with each other and its states only rise', () => {
  const faults: MessageLine[] = [];
  for (const lines of MESSAGES.values()) {
    for (const [index, line] of lines.entries()) {
      const before = lines[index - 1];
      if (line.createdAt > line.statusAt) faults.push(line);
      if (before === undefined) continue;
      const sameIdentity = (['channel', 'createdAt', 'notificationId'] as const).every(
        (key) => line[key] === before[key],
      );
      const rises = rank(line) > rank(before) || (line.priceAt !== undefined && line.statusAt === before.statusAt);
      if (!sameIdentity || !rises) faults.push(line);
    }
  }
  expect(faults).toEqual([]);
});

test('a message has been sent when it is pending or has a receipt, and never when it failed before or was cancelled', () => {
  const faults: MessageLine[] = [];
  for (const lines of MESSAGES.values()) {
    const sent = lines.filter(({ sentAt, status }) => sentAt !== undefined || status === 'PENDING');
    const last = lines.at(-1) as MessageLine;
    const isSent = sent.length > 0;
    if (['DELIVERED', 'UNDELIVERED', 'PENDING'].includes(last.status) !== isSent && last.status !== 'OMITTED_OPTIONAL')
      faults.push(last);
    if (new Set(sent.map(({ sentAt }) => sentAt)).size > 1) faults.push(last);
    for (const { sentAt, createdAt, statusAt } of sent) {
      if (sentAt === undefined || sentAt < createdAt || sentAt > statusAt) faults.push(last);
    }
    const hasCode = last.errorCode !== undefined || last.priceAt !== undefined;
    if (['ERROR', 'UNDELIVERED', 'OMITTED_OPTIONAL'].includes(last.status) && !hasCode) faults.push(last);
    if (last.price !== undefined && !isSent) faults.push(last);
  }
  expect(faults).toEqual([]);
});

test('there are about 45,000 messages in about 100,000 lines', () => {
  expect(MESSAGES.size / 45_000).toBeGreaterThan(0.9);
  expect(MESSAGES.size / 45_000).toBeLessThan(1.1);

  expect(LINES.length).toBeLessThan(110_000);
});

test.each([
  ['SMS', 45],
  ['VIBER', 20],
  ['EMAIL', 15],
  ['WHATSAPP', 12],
  ['PUSH', 8],
])('about the announced share of the messages is %s', (channel, percent) => {
  expect(Math.abs(percentOf(([first]) => first?.channel === channel) - percent)).toBeLessThan(1.5);
});

test('about 15 % of the messages belong to cascades, whose fallback follows the attempt that failed', () => {
  expect(Math.abs(percentOf(([first]) => first?.notificationId !== undefined) - 15)).toBeLessThan(1.5);
  const omitted = [...MESSAGES.values()].filter((lines) => lines.at(-1)?.status === 'OMITTED_OPTIONAL');
  expect(omitted.length).toBeGreaterThan(1000);
  const late = omitted.filter((lines) => {
    const { id, statusAt } = lines.at(-1) as MessageLine;
    const fallback = MESSAGES.get(id.replace(/\d$/, (turn) => String(Number(turn) + 1)))?.[0];
    if (fallback === undefined) return Date.parse(statusAt) < NOW - 60_000;
    const gap = Date.parse(fallback.createdAt) - Date.parse(statusAt);
    return gap < 1000 || gap > 6000;
  });
  expect(late).toEqual([]);
});

test('every status occurs, and what is still on its way is of the last days', () => {
  const last = [...MESSAGES.values()].map((lines) => lines.at(-1) as MessageLine);
  const statuses = ['CREATED', 'CREATED_OPTIONAL', 'DELAYED', 'PENDING', ...Object.keys(RANKS).slice(1)];
  expect(new Set(last.map(({ status }) => status))).toEqual(new Set(statuses));
  const open = last.filter(({ status }) => ['CREATED', 'DELAYED', 'PENDING'].includes(status));
  expect(open.every(({ statusAt }) => Date.parse(statusAt) > NOW - 6 * 86_400_000)).toBe(true);
});

test('texts and stated parts belong to SMS alone, prices are decimals and a few are missing', () => {
  const withParts = LINES.filter(({ text, smsParts }) => text !== undefined || smsParts !== undefined);
  expect(new Set(withParts.map(({ channel }) => channel))).toEqual(new Set(['SMS']));
  expect(new Set(withParts.map(({ smsParts }) => smsParts))).toEqual(new Set([undefined, 1, 2, 3]));
  const prices = LINES.map(({ price }) => price).filter((price) => price !== undefined);
  expect(prices.filter((price) => !/^\d+(\.\d{1,6})?$/.test(price))).toEqual([]);
  const old = [...MESSAGES.values()].filter((lines) => (lines.at(-1)?.statusAt ?? '') < '2026-06-10');
  const unpriced = old.filter((lines) => rank(lines.at(-1)) === 3 && lines.every(({ price }) => price === undefined));
  expect(unpriced.length / old.length).toBeGreaterThan(0.001);
  expect(unpriced.length / old.length).toBeLessThan(0.009);
});

test('working hours are busier than nights and working days than weekends', () => {
  const created = [...MESSAGES.values()].map(([first]) => new Date(Date.parse(first?.createdAt ?? '') + 3 * 3_600_000));
  const inHours = (from: number, to: number) =>
    created.filter((at) => at.getUTCHours() >= from && at.getUTCHours() < to).length;
  expect(inHours(9, 18)).toBeGreaterThan(40 * inHours(1, 5));
  const onDay = (weekday: number) => created.filter((at) => at.getUTCDay() === weekday).length;
  expect(onDay(2)).toBeGreaterThan(1.5 * onDay(0));
});

test('amounts are written without a float', () => {
  expect([0, 2_000, 38_500, 115_500, 1_000_000, 12_345_678].map(priceText)).toEqual([
    '0',
    '0.002',
    '0.0385',
    '0.1155',
    '1',
    '12.345678',
  ]);
});

test('a zone with a changing clock gives unbroken days', () => {
  const options = {
    seed: 1,
    from: Date.parse('2026-10-24T00:00:00Z'),
    to: Date.parse('2026-10-27T00:00:00Z'),
    timeZone: 'Europe/Berlin',
  };
  const told = [...demoMessages(options)].map(({ statusAt, priceAt }) => priceAt ?? statusAt);
  expect(told.length).toBeGreaterThan(500);
  expect(told).toEqual([...told].sort());
});

function byId(lines: readonly MessageLine[]): Map<string, MessageLine[]> {
  const messages = new Map<string, MessageLine[]>();
  for (const line of lines) {
    const known = messages.get(line.id);
    if (known === undefined) messages.set(line.id, [line]);
    else known.push(line);
  }
  return messages;
}

function hashOf(lines: Iterable<object>): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${JSON.stringify(line)}\n`);
  return hash.digest('hex');
}

function rank(line: MessageLine | undefined): number {
  return RANKS[line?.status ?? ''] ?? 0;
}

function percentOf(holds: (lines: MessageLine[]) => boolean): number {
  return (100 * [...MESSAGES.values()].filter(holds).length) / MESSAGES.size;
}
