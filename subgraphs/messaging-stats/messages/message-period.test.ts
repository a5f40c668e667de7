import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { line, refusals, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => service.clock.set(TEST_NOW));

async function ends(company: TestCompany, period: object): Promise<string[]> {
  const answer = await stats(company, 'period { from to }', { period });
  return [answer.period.from, answer.period.to].map((instant: string) => instant.replace(':00.000', ''));
}

/** It is Sunday, 15 March 2026, 15:00 in Moscow. */
const PRESETS = [
  ['LAST_15_MINUTES', '2026-03-15T14:46+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_30_MINUTES', '2026-03-15T14:31+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_60_MINUTES', '2026-03-15T14:01+03:00', '2026-03-15T15:01+03:00'],
  ['TODAY', '2026-03-15T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['YESTERDAY', '2026-03-14T00:00+03:00', '2026-03-15T00:00+03:00'],
  ['THIS_WEEK', '2026-03-09T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_WEEK', '2026-03-02T00:00+03:00', '2026-03-09T00:00+03:00'],
  ['THIS_MONTH', '2026-03-01T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_MONTH', '2026-02-01T00:00+03:00', '2026-03-01T00:00+03:00'],
  ['LAST_7_DAYS', '2026-03-09T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_30_DAYS', '2026-02-14T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_90_DAYS', '2025-12-16T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['THIS_YEAR', '2026-01-01T00:00+03:00', '2026-03-15T15:01+03:00'],
  ['LAST_YEAR', '2025-01-01T00:00+03:00', '2026-01-01T00:00+03:00'],
  ['LAST_365_DAYS', '2025-03-16T00:00+03:00', '2026-03-15T15:01+03:00'],
] as const;

test.each(PRESETS)(
  '[GEN-03] [GEN-06] the preset %s runs from %s to %s and counts what lies in it',
  async (preset, from, to) => {
    const company = await service.company();
    const full = (instant: string) => Date.parse(instant.replace('+', ':00+'));
    const around = [full(from) - 1, full(from), full(to) - 1, full(to)].map((instant) =>
      new Date(instant).toISOString(),
    );
    await company.ingest(
      'messages',
      around.map((createdAt, index) => line(`m${index}`, { createdAt })),
    );
    const query = `query($period: PeriodInput!) {
    messagingStats(period: $period) { counters { total } } messages(period: $period) { nodes { id } }
  }`;
    const { data } = await company.graph(query, { period: { preset } });
    expect(data).toEqual({
      messagingStats: { counters: { total: 2 } },
      messages: { nodes: [{ id: 'm2' }, { id: 'm1' }] },
    });
    expect(await ends(company, { preset })).toEqual([from, to]);
  },
);

test('[GEN-03] [GEN-10] the moment decides which day is meant, the first whole minute after it where it ends', async () => {
  service.clock.set(Date.parse('2026-03-15T20:59:30Z'));
  const company = await service.company();
  expect(await ends(company, { preset: 'TODAY' })).toEqual(['2026-03-15T00:00+03:00', '2026-03-16T00:00+03:00']);
  service.clock.set(Date.parse('2026-03-15T21:00:00Z'));
  expect(await ends(company, { preset: 'TODAY' })).toEqual(['2026-03-16T00:00+03:00', '2026-03-16T00:01+03:00']);
  expect(await ends(company, { preset: 'TODAY', timeZone: 'UTC' })).toEqual([
    '2026-03-15T00:00+00:00',
    '2026-03-15T21:01+00:00',
  ]);
});

const dates = (startDate: string, endDate: string, startTime?: string, timeZone?: string) => ({
  dates: { startDate, endDate, startTime },
  timeZone,
});

test('[GEN-03] [GEN-04] [MSG-10] [NOT-14] dates include the whole last day, and startTime cuts the first day alone', async () => {
  const company = await service.company();
  const moments = [
    '2026-03-09T06:29:59.999Z',
    '2026-03-09T06:30:00Z',
    '2026-03-10T03:00:00Z',
    '2026-03-10T20:59:59.999Z',
    '2026-03-10T21:00:00Z',
  ];
  await company.ingest(
    'messages',
    moments.map((createdAt, index) => line(`m${index}`, { createdAt })),
  );
  const period = dates('2026-03-09', '2026-03-10', '09:30');
  expect(await ends(company, period)).toEqual(['2026-03-09T09:30+03:00', '2026-03-11T00:00+03:00']);
  const selection = 'counters { total } series(granularity: DAY) { buckets { start partial } lines { total } }';
  expect(await stats(company, selection, { period })).toEqual({
    counters: { total: 3 },
    series: {
      buckets: [
        { start: '2026-03-09T09:30:00.000+03:00', partial: true },
        { start: '2026-03-10T00:00:00.000+03:00', partial: false },
      ],
      lines: [{ total: [1, 2] }],
    },
  });
  for (const midnight of [undefined, null, '00:00', '00:00:00']) {
    const whole = { dates: { ...period.dates, startTime: midnight } };
    expect(await stats(company, 'counters { total }', { period: whole })).toEqual({ counters: { total: 4 } });
  }
});

test('[GEN-04] [GEN-10] a start time that clocks skip moves forward, one that they repeat is the first', async () => {
  const company = await service.company({ timeZone: 'America/New_York' });
  expect(await ends(company, dates('2026-03-08', '2026-03-08', '02:30'))).toEqual([
    '2026-03-08T03:30-04:00',
    '2026-03-09T00:00-04:00',
  ]);
  expect(await ends(company, dates('2025-11-02', '2025-11-02', '01:30'))).toEqual([
    '2025-11-02T01:30-04:00',
    '2025-11-03T00:00-05:00',
  ]);
});

test('[GEN-03] a range is half-open and exact to the millisecond, whatever its offsets', async () => {
  const company = await service.company();
  const moments = ['09:00:00.122', '09:00:00.123', '09:00:00.124', '09:00:00.125'];
  await company.ingest(
    'messages',
    moments.map((time) => line(time, { createdAt: `2026-03-10T${time}Z` })),
  );
  const period = { range: { from: '2026-03-10T14:45:00.1239+05:45', to: '2026-03-10T04:00:00.125-05:00' } };
  expect(await stats(company, 'period { from to timeZone } counters { total }', { period })).toEqual({
    period: {
      from: '2026-03-10T12:00:00.123+03:00',
      to: '2026-03-10T12:00:00.125+03:00',
      timeZone: 'Europe/Moscow',
    },
    counters: { total: 2 },
  });
});

const BAD_PERIODS = [
  ['no form', {}, ['period']],
  ['two forms', { preset: 'TODAY', ...dates('2026-03-10', '2026-03-10') }, ['period']],
  [
    'an empty range',
    { range: { from: '2026-03-10T09:00:00Z', to: '2026-03-10T12:00:00+03:00' } },
    ['period', 'range', 'to'],
  ],
  [
    'a range that runs backwards',
    { range: { from: '2026-03-10T09:00:00Z', to: '2026-03-09T09:00:00Z' } },
    ['period', 'range', 'from'],
  ],
  ['dates that run backwards', dates('2026-03-10', '2026-03-09'), ['period', 'dates', 'endDate']],
  ['a period before 2000', dates('1999-12-31', '2026-03-09'), ['period', 'dates', 'startDate']],
] as const;

test.each(BAD_PERIODS)('[GEN-03] refuses %s and names the argument', async (_name, period, field) => {
  const company = await service.company();
  const fault = { code: 'BAD_USER_INPUT', field, message: expect.any(String) };
  expect(await refusals(company, 'counters { total }', { period })).toEqual([fault]);
});

test('[GEN-10] refuses zones that are no names, in variables as in the query', async () => {
  const company = await service.company();
  for (const timeZone of ['+03:00', '-05:00', 'UTC+3', 'GMT-2', 'Mars/Olympus', '']) {
    const [fault, ...others] = await refusals(company, 'counters { total }', { period: { preset: 'TODAY', timeZone } });
    expect([fault?.code, others]).toEqual(['BAD_USER_INPUT', []]);
    const query = `{ messagingStats(period: { preset: TODAY, timeZone: "${timeZone}" }) { counters { total } } }`;
    expect((await company.graph(query)).errors).toHaveLength(1);
  }
  expect(await ends(company, { preset: 'YESTERDAY', timeZone: 'Etc/GMT+3' })).toEqual([
    '2026-03-14T00:00-03:00',
    '2026-03-15T00:00-03:00',
  ]);
});
