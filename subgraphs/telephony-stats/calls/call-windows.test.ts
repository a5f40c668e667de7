import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { line, stats, totalsBy } from './call-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A call that started so long before now (12:00 UTC, 15:00 in Moscow) and talked for so many seconds, or was not answered. */
function ago(id: string, ms: number, talkSeconds?: number) {
  const startedAt = TEST_NOW - ms;
  const time = (instant: number) => new Date(instant).toISOString();
  if (talkSeconds === undefined)
    return line(id, { status: 'BUSY', startedAt: time(startedAt), statusAt: time(startedAt) });
  const endedAt = time(startedAt + talkSeconds * 1000);
  return line(id, {
    status: 'ANSWERED',
    startedAt: time(startedAt),
    answeredAt: time(startedAt),
    endedAt,
    statusAt: endedAt,
  });
}

beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await company.ingest('calls', [
    ago('1', 0, 3),
    ago('2', 14 * MINUTE - 1, 10),
    ago('3', 15 * MINUTE, 10),
    ago('4', 29 * MINUTE),
    ago('5', 31 * MINUTE, 20),
    ago('6', 59 * MINUTE, 20),
    ago('7', 60 * MINUTE, 200),
    // Midnight of today and of the year in Moscow, and a moment before each.
    ago('8', 15 * HOUR, 40),
    ago('9', 15 * HOUR + 1, 40),
    ago('10', TEST_NOW - Date.parse('2025-12-31T21:00:00Z'), 100),
    ago('11', TEST_NOW - Date.parse('2025-12-31T20:59:59.999Z'), 100),
  ]);
});
afterAll(() => service.stop());

const WINDOWS = [
  [
    'TEL-08',
    'DURATION',
    'LAST_15_MINUTES',
    [
      ['0-5', 1],
      ['5-15', 1],
    ],
  ],
  [
    'TEL-09',
    'DURATION',
    'LAST_60_MINUTES',
    [
      ['15-30', 2],
      ['5-15', 2],
      ['0-5', 1],
      ['UNANSWERED', 1],
    ],
  ],
  [
    'TEL-14',
    'DURATION',
    'TODAY',
    [
      ['15-30', 2],
      ['5-15', 2],
      ['0-5', 1],
      ['180-', 1],
      ['30-60', 1],
      ['UNANSWERED', 1],
    ],
  ],
  [
    'TEL-15',
    'DURATION',
    'THIS_YEAR',
    [
      ['15-30', 2],
      ['30-60', 2],
      ['5-15', 2],
      ['0-5', 1],
      ['180-', 1],
      ['60-180', 1],
      ['UNANSWERED', 1],
    ],
  ],
  ['TEL-12', 'STATUS', 'LAST_15_MINUTES', [['ANSWERED', 2]]],
  [
    'TEL-13',
    'STATUS',
    'LAST_30_MINUTES',
    [
      ['ANSWERED', 3],
      ['BUSY', 1],
    ],
  ],
  [
    'TEL-10',
    'STATUS',
    'TODAY',
    [
      ['ANSWERED', 7],
      ['BUSY', 1],
    ],
  ],
  [
    'TEL-11',
    'STATUS',
    'THIS_YEAR',
    [
      ['ANSWERED', 9],
      ['BUSY', 1],
    ],
  ],
  [
    'TEL-11',
    'STATUS',
    'LAST_365_DAYS',
    [
      ['ANSWERED', 10],
      ['BUSY', 1],
    ],
  ],
] as const;

test.each(WINDOWS)('[%s] calls by %s of %s', async (_id, by, preset, expected) => {
  expect(await totalsBy(company, `by: [${by}]`, { period: { preset } })).toEqual(expected);
});

test('[TEL-08..15] windows end at the first whole minute after now, and their series add up to their counters', async () => {
  const selection = `period { from to timeZone } counters { total talkSeconds }
    series(granularity: FIVE_MINUTES, by: [STATUS]) { buckets { start partial } lines { keys total talkSeconds } }`;
  const { period, counters, series } = await stats(company, selection, { period: { preset: 'LAST_15_MINUTES' } });
  expect(period).toEqual({
    from: '2026-03-15T14:46:00.000+03:00',
    to: '2026-03-15T15:01:00.000+03:00',
    timeZone: 'Europe/Moscow',
  });
  expect(counters).toEqual({ total: 2, talkSeconds: 13 });
  expect(series.buckets.map(({ partial }: { partial: boolean }) => partial)).toEqual([true, false, false, true]);
  expect(series.lines).toEqual([{ keys: ['ANSWERED'], total: [1, 0, 0, 1], talkSeconds: [10, 0, 0, 3] }]);
});
