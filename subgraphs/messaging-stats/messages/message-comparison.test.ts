import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { COUNTERS, line, NO_COUNTERS, refusals, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const day = (date: string) => ({ dates: { startDate: date, endDate: date } });

test('[GEN-03] [MSG-10] compares with the days before, the same days of the last week and of the last year', async () => {
  const company = await service.company();
  const on = (date: string, count: number) =>
    Array.from({ length: count }, (_, index) => line(`${date} ${index}`, { createdAt: `${date}T10:00:00Z` }));
  await company.ingest('messages', [
    ...on('2026-03-10', 1),
    ...on('2026-03-09', 2),
    ...on('2026-03-03', 3),
    ...on('2025-03-10', 4),
    ...on('2025-03-11', 5),
  ]);
  const before = 'period { from to timeZone } counters { total }';
  const answer = await stats(
    company,
    `counters { total } usual: previous { ${before} } period: previous(by: PREVIOUS_PERIOD) { ${before} }
     week: previous(by: SAME_PERIOD_LAST_WEEK) { ${before} } year: previous(by: SAME_PERIOD_LAST_YEAR) { ${before} }`,
  );
  const earlier = (from: string, to: string, total: number) => ({
    period: { from: `${from}T00:00:00.000+03:00`, to: `${to}T00:00:00.000+03:00`, timeZone: 'Europe/Moscow' },
    counters: { total },
  });
  expect(answer).toEqual({
    counters: { total: 1 },
    usual: earlier('2026-03-09', '2026-03-10', 2),
    period: earlier('2026-03-09', '2026-03-10', 2),
    week: earlier('2026-03-03', '2026-03-04', 3),
    year: earlier('2025-03-10', '2025-03-11', 4),
  });
});

test('[GEN-07] the earlier period has figures of every shape, with the same filter and axis', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('now', { createdAt: '2026-03-10T08:00:00Z' }),
    // Created on the day before, sent on the day: only the axis of sending counts it now.
    line('late', { createdAt: '2026-03-09T08:00:00Z', channel: 'VIBER', price: '1' }),
    line('then', { createdAt: '2026-03-09T08:00:00Z', statusAt: '2026-03-09T08:05:00Z', channel: 'VIBER', price: '2' }),
    line('SMS then', { createdAt: '2026-03-09T08:00:00Z', statusAt: '2026-03-09T08:05:00Z' }),
  ]);
  const selection = `${COUNTERS} previous {
    currency ${COUNTERS}
    breakdown(by: [CHANNEL]) { keys labels share }
    series(granularity: DAY, by: [STATUS]) { buckets { start end partial } lines { keys total } omittedLines }
  }`;
  const filter = { timeAxis: 'SENT_AT', channels: ['VIBER'] };
  const one = (amount: string) => ({
    ...NO_COUNTERS,
    total: 1,
    notifications: 1,
    sent: 1,
    delivered: 1,
    price: { amount, currency: 'EUR' },
    deliveryRate: 100,
  });
  expect(await stats(company, selection, { filter })).toEqual({
    counters: one('1.00'),
    previous: {
      currency: 'EUR',
      counters: one('2.00'),
      breakdown: [{ keys: ['VIBER'], labels: ['Viber'], share: 100 }],
      series: {
        buckets: [{ start: '2026-03-09T00:00:00.000+03:00', end: '2026-03-10T00:00:00.000+03:00', partial: false }],
        lines: [{ keys: ['DELIVERED'], total: [1] }],
        omittedLines: 0,
      },
    },
  });
});

const EARLIER: readonly (readonly [string, object, string, string, string])[] = [
  ['a running month', { preset: 'THIS_MONTH' }, 'PREVIOUS_PERIOD', '2026-02-01T00:00+03:00', '2026-02-15T15:01+03:00'],
  ['today', { preset: 'TODAY' }, 'PREVIOUS_PERIOD', '2026-03-14T00:00+03:00', '2026-03-14T15:01+03:00'],
  ['a running week', { preset: 'THIS_WEEK' }, 'PREVIOUS_PERIOD', '2026-03-02T00:00+03:00', '2026-03-08T15:01+03:00'],
  ['the last month', { preset: 'LAST_MONTH' }, 'PREVIOUS_PERIOD', '2026-01-01T00:00+03:00', '2026-02-01T00:00+03:00'],
  ['15 minutes', { preset: 'LAST_15_MINUTES' }, 'PREVIOUS_PERIOD', '2026-03-15T14:31+03:00', '2026-03-15T14:46+03:00'],
  [
    'dates with a start time',
    { dates: { startDate: '2026-03-09', endDate: '2026-03-10', startTime: '09:30' } },
    'PREVIOUS_PERIOD',
    '2026-03-07T09:30+03:00',
    '2026-03-09T00:00+03:00',
  ],
  [
    'a range',
    { range: { from: '2026-03-10T09:00:00Z', to: '2026-03-10T09:30:00Z' } },
    'PREVIOUS_PERIOD',
    '2026-03-10T11:30+03:00',
    '2026-03-10T12:00+03:00',
  ],
  ['a leap day', day('2024-02-29'), 'SAME_PERIOD_LAST_YEAR', '2023-02-28T00:00+03:00', '2023-03-01T00:00+03:00'],
  [
    'the day before a leap day',
    day('2024-02-28'),
    'SAME_PERIOD_LAST_YEAR',
    '2023-02-28T00:00+03:00',
    '2023-03-01T00:00+03:00',
  ],
  ['today', { preset: 'TODAY' }, 'SAME_PERIOD_LAST_WEEK', '2026-03-08T00:00+03:00', '2026-03-08T15:01+03:00'],
];

test.each(EARLIER)(
  '[GEN-03] what comes before %s, %j by %s, runs from %s to %s',
  async (_name, period, by, from, to) => {
    const company = await service.company();
    const { previous } = await stats(company, `previous(by: ${by}) { period { from to } }`, { period });
    const short = (instant: string) => instant.replace(':00.000', '');
    expect([previous.period.from, previous.period.to].map(short)).toEqual([from, to]);
  },
);

test('[GEN-10] the day before and the same day of the last week keep local times across a change of clocks', async () => {
  const company = await service.company({ timeZone: 'America/New_York' });
  const selection = `previous { period { from to } } week: previous(by: SAME_PERIOD_LAST_WEEK) { period { from to } }`;
  expect(await stats(company, selection, { period: day('2026-03-09') })).toEqual({
    previous: { period: { from: '2026-03-08T00:00:00.000-05:00', to: '2026-03-09T00:00:00.000-04:00' } },
    week: { period: { from: '2026-03-02T00:00:00.000-05:00', to: '2026-03-03T00:00:00.000-05:00' } },
  });
});

test('[GEN-03] refuses an earlier period of an earlier period, and one before the year 2000', async () => {
  const company = await service.company();
  expect(await refusals(company, 'previous { previous { counters { total } } }')).toEqual([
    { code: 'BAD_USER_INPUT', field: ['previous'], message: expect.any(String) },
  ]);
  const period = { dates: { startDate: '2000-01-01', endDate: '2000-12-31' } };
  expect(await refusals(company, 'previous { counters { total } }', { period })).toEqual([
    { code: 'BAD_USER_INPUT', field: ['previous', 'by'], message: expect.any(String) },
  ]);
});
