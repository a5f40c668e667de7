import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, DAY, line, refusals, stats, totalsBy } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('[TEL-06] [TEL-10] [TEL-19] groups calls by evaluation and by status, with names and shares', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    line('a', { evaluation: 'GOOD', status: 'BUSY' }),
    line('b', { evaluation: 'GOOD' }),
    line('c', { evaluation: '3' }),
    line('d', { status: 'FAILED' }),
    line('e', { status: 'CANCELED' }),
    line('f', { status: 'REJECTED' }),
    line('g', { status: 'CONGESTION' }),
    line('h', { status: 'IN_PROGRESS' }),
    answered('i', 1),
  ]);
  const selection = `evaluations: breakdown(by: [BOT_EVALUATION]) { keys labels share }
    statuses: breakdown(by: [STATUS]) { keys labels share counters { total } }`;
  const status = (key: string, label: string, total = 1) => {
    return { keys: [key], labels: [label], share: total === 2 ? 22.2 : 11.1, counters: { total } };
  };
  expect(await stats(company, selection)).toEqual({
    evaluations: [
      { keys: [''], labels: ['(none)'], share: 66.7 },
      { keys: ['GOOD'], labels: ['GOOD'], share: 22.2 },
      { keys: ['3'], labels: ['3'], share: 11.1 },
    ],
    statuses: [
      status('NO_ANSWER', 'No answer', 2),
      status('ANSWERED', 'Answered'),
      status('BUSY', 'Busy'),
      status('CANCELED', 'Canceled'),
      status('CONGESTION', 'Congestion'),
      status('FAILED', 'Failed'),
      status('IN_PROGRESS', 'In progress'),
      status('REJECTED', 'Rejected'),
    ],
  });
});

/** Calls at both edges of every default class, running ones and unanswered ones. */
const DURATIONS = [
  ...[0, 4, 5, 14, 15, 29, 30, 59, 60, 179, 180, 100_000].map((seconds) => answered(`s${seconds}`, seconds)),
  line('progress', { status: 'IN_PROGRESS' }),
  line('open', { status: 'ANSWERED', answeredAt: at('09:00') }),
  line('old and open', { status: 'ANSWERED', startedAt: '2026-03-09T21:00:00Z' }),
  line('busy', { status: 'BUSY', answeredAt: at('09:00'), endedAt: at('09:01') }),
];

test('[TEL-08] [TEL-14] groups calls by half-open classes of billed seconds, running and unanswered ones apart', async () => {
  const company = await service.company();
  await company.ingest('calls', DURATIONS);
  expect((await stats(company, 'breakdown(by: [DURATION]) { keys labels counters { total } }')).breakdown).toEqual([
    { keys: ['RUNNING'], labels: ['Running'], counters: { total: 3 } },
    { keys: ['0-5'], labels: ['0-5 s'], counters: { total: 2 } },
    { keys: ['15-30'], labels: ['15-30 s'], counters: { total: 2 } },
    { keys: ['180-'], labels: ['180 s and more'], counters: { total: 2 } },
    { keys: ['30-60'], labels: ['30-60 s'], counters: { total: 2 } },
    { keys: ['5-15'], labels: ['5-15 s'], counters: { total: 2 } },
    { keys: ['60-180'], labels: ['60-180 s'], counters: { total: 2 } },
    { keys: ['UNANSWERED'], labels: ['Unanswered'], counters: { total: 1 } },
  ]);
  expect(await totalsBy(company, 'by: [DURATION], durationBounds: [60]')).toEqual([
    ['0-60', 8],
    ['60-', 4],
    ['RUNNING', 3],
    ['UNANSWERED', 1],
  ]);
  for (const none of ['null', '[]']) {
    expect(await totalsBy(company, `by: [DURATION], durationBounds: ${none}`)).toHaveLength(8);
  }
  const bounds = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(await totalsBy(company, `by: [DURATION], durationBounds: [${bounds}]`)).toContainEqual(['20-', 7]);
});

test('[TEL-15] [TEL-08] classes of duration have series too, of any bounds', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    answered('a', 59, { startedAt: '2026-01-31T20:59:59Z', answeredAt: null }),
    answered('b', 61),
    answered('c', 70),
    line('d', { startedAt: '2026-02-01T00:00:00Z' }),
  ]);
  const selection = `series(granularity: MONTH, by: [DURATION], durationBounds: [60]) {
    buckets { start partial } omittedLines lines { keys total share averageCallSeconds talkSeconds }
  }`;
  const { series } = await stats(company, selection, { period: { preset: 'THIS_YEAR' } });
  expect(series.buckets).toEqual([
    { start: '2026-01-01T00:00:00.000+03:00', partial: false },
    { start: '2026-02-01T00:00:00.000+03:00', partial: false },
    { start: '2026-03-01T00:00:00.000+03:00', partial: true },
  ]);
  expect(series.omittedLines).toBe(0);
  // The first call has no answeredAt of its own line: its start counts, so it talked for weeks.
  expect(series.lines).toEqual([
    {
      keys: ['60-'],
      total: [1, 0, 2],
      share: [100, 0, 100],
      averageCallSeconds: [3_240_060, null, 65.5],
      talkSeconds: [3_240_060, 0, 131],
    },
    {
      keys: ['UNANSWERED'],
      total: [0, 1, 0],
      share: [0, 100, 0],
      averageCallSeconds: [null, null, null],
      talkSeconds: [0, 0, 0],
    },
  ]);
});

const BAD_BOUNDS = [
  ['[5, 5]', 'durationBounds: 5 does not lie above 5 before it; give the seconds in ascending order, each once.'],
  ['[30, 15]', 'durationBounds: 15 does not lie above 30 before it; give the seconds in ascending order, each once.'],
  ['[0, 15]', 'durationBounds: 0 is not above 0; give seconds from 1.'],
  ['[-5, 15]', 'durationBounds: -5 is not above 0; give seconds from 1.'],
  [`[${Array.from({ length: 21 }, (_, index) => index + 1)}]`, 'durationBounds: has 21 bounds; give at most 20.'],
] as const;

test.each(BAD_BOUNDS)('[TEL-14] refuses the bounds %s', async (bounds, message) => {
  const company = await service.company();
  const error = { code: 'BAD_USER_INPUT', field: ['durationBounds'], message };
  expect(await refusals(company, `breakdown(by: [DURATION], durationBounds: ${bounds}) { keys }`)).toEqual([error]);
  const series = `series(granularity: DAY, by: [STATUS], durationBounds: ${bounds}) { omittedLines }`;
  expect(await refusals(company, series)).toEqual([error]);
});

test('[TEL-02] refuses an empty, repeated or unknown dimension and a first out of range', async () => {
  const company = await service.company();
  const codes = async (argument: string) =>
    (await refusals(company, `breakdown(${argument}) { keys }`)).map(({ field }) => field);
  expect(await codes('by: []')).toEqual([['by']]);
  expect(await codes('by: [STATUS, STATUS]')).toEqual([['by']]);
  expect(await codes('by: [STATUS], first: 0')).toEqual([['first']]);
  expect(await codes('by: [STATUS], first: 1001')).toEqual([['first']]);
  expect((await refusals(company, 'breakdown(by: [CHANNEL]) { keys }')).map(({ code }) => code)).toEqual([
    'GRAPHQL_VALIDATION_FAILED',
  ]);
});

test('[TEL-02] dimensions may be combined, and shares are of the whole where first leaves lines out', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    line('a', { trunkId: 't1', direction: 'INBOUND' }),
    line('b', { trunkId: 't1', botId: 'b1' }),
    line('c', { trunkId: 't1', operatorId: 'o1' }),
    line('d', { trunkId: 't2', botId: 'b1' }),
  ]);
  const rows = await stats(company, 'breakdown(by: [TRUNK, DIRECTION], first: 1) { keys labels share }');
  expect(rows.breakdown).toEqual([{ keys: ['t1', 'OUTBOUND'], labels: ['t1', 'Outbound'], share: 50 }]);
  expect(await totalsBy(company, 'by: [BOT, OPERATOR]')).toEqual([
    ['b1,', 2],
    [',', 1],
    [',o1', 1],
  ]);
  const { series } = await stats(
    company,
    'series(granularity: DAY, by: [TRUNK], first: 1) { omittedLines lines { keys share } }',
  );
  expect(series).toEqual({ omittedLines: 1, lines: [{ keys: ['t1'], share: [75] }] });
});

test('[TEL-03] [TEL-18] a call that started exactly at an end of the period belongs to the one that begins there', async () => {
  const company = await service.company({ timeZone: 'UTC' });
  await company.ingest('calls', [line('a', { startedAt: at('09:00') }), line('b', { startedAt: at('09:59:59.999') })]);
  const total = async (from: string, to: string) => {
    const { counters } = await stats(company, 'counters { total }', {
      period: { range: { from: at(from), to: at(to) } },
    });
    return counters.total;
  };
  expect([await total('08:00', '09:00'), await total('09:00', '10:00'), await total('10:00', '11:00')]).toEqual([
    0, 2, 0,
  ]);
  const { previous } = await stats(company, 'previous { period { from } counters { total } }', {
    period: { range: { from: at('10:00'), to: at('11:00') } },
  });
  expect(previous).toEqual({ period: { from: '2026-03-10T09:00:00.000+00:00' }, counters: { total: 2 } });
  const twice = await refusals(company, 'previous { previous { currency } }', { period: DAY });
  expect(twice.map(({ field }) => field)).toEqual([['previous']]);
});
