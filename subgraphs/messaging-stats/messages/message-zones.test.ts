import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { BY_SENDING, line, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const day = (date: string, timeZone?: string) => ({ dates: { startDate: date, endDate: date }, timeZone });

/** Messages at these moments, and what a day of a zone makes of them by the hour: only buckets with messages. */
async function byHour(moments: readonly string[], date: string, timeZone: string) {
  const company = await service.company();
  await company.ingest(
    'messages',
    moments.map((createdAt, index) => line(String(index), { createdAt })),
  );
  const selection = `period { from to timeZone } counters { total } days: series(granularity: DAY) { lines { total } }
    series(granularity: HOUR) { buckets { start end } lines { total } }`;
  const { period, counters, days, series } = await stats(company, selection, { period: day(date, timeZone) });
  expect(period.timeZone).toBe(timeZone);
  expect(days.lines).toEqual([{ total: [counters.total] }]);
  const cells = series.buckets.map(({ start, end }: { start: string; end: string }, index: number) => [
    `${start.slice(11, 16)}${start.slice(23)} to ${end.slice(11, 16)}${end.slice(23)}`,
    series.lines[0].total[index],
  ]);
  return {
    from: period.from,
    to: period.to,
    buckets: cells.length,
    counted: cells.filter(([, total]: [string, number]) => total > 0),
  };
}

test('[GEN-03] [GEN-10] a day of Moscow is 24 local hours, its first instant counted and its end not', async () => {
  const moments = [
    '2026-03-09T20:59:59.999Z',
    '2026-03-09T21:00:00Z',
    '2026-03-10T20:59:59.999Z',
    '2026-03-10T21:00:00Z',
  ];
  expect(await byHour(moments, '2026-03-10', 'Europe/Moscow')).toEqual({
    from: '2026-03-10T00:00:00.000+03:00',
    to: '2026-03-11T00:00:00.000+03:00',
    buckets: 24,
    counted: [
      ['00:00+03:00 to 01:00+03:00', 1],
      ['23:00+03:00 to 00:00+03:00', 1],
    ],
  });
});

test('[GEN-10] the day on which clocks of New York are set forward has 23 hours', async () => {
  const moments = [
    '2026-03-08T04:59:59Z',
    '2026-03-08T05:00:00Z',
    '2026-03-08T06:59:59Z',
    '2026-03-08T07:00:00Z',
    '2026-03-09T03:59:59Z',
    '2026-03-09T04:00:00Z',
  ];
  expect(await byHour(moments, '2026-03-08', 'America/New_York')).toEqual({
    from: '2026-03-08T00:00:00.000-05:00',
    to: '2026-03-09T00:00:00.000-04:00',
    buckets: 23,
    counted: [
      ['00:00-05:00 to 01:00-05:00', 1],
      ['01:00-05:00 to 03:00-04:00', 1],
      ['03:00-04:00 to 04:00-04:00', 1],
      ['23:00-04:00 to 00:00-04:00', 1],
    ],
  });
});

test('[GEN-10] the day on which clocks of New York are set back has 25 hours, the repeated one twice', async () => {
  const moments = [
    '2025-11-02T04:00:00Z',
    '2025-11-02T05:59:59.999Z',
    '2025-11-02T06:00:00Z',
    '2025-11-02T07:00:00Z',
    '2025-11-03T04:59:59Z',
    '2025-11-03T05:00:00Z',
  ];
  expect(await byHour(moments, '2025-11-02', 'America/New_York')).toEqual({
    from: '2025-11-02T00:00:00.000-04:00',
    to: '2025-11-03T00:00:00.000-05:00',
    buckets: 25,
    counted: [
      ['00:00-04:00 to 01:00-04:00', 1],
      ['01:00-04:00 to 01:00-05:00', 1],
      ['01:00-05:00 to 02:00-05:00', 1],
      ['02:00-05:00 to 03:00-05:00', 1],
      ['23:00-05:00 to 00:00-05:00', 1],
    ],
  });
});

test('[GEN-10] hours and days of Kathmandu begin at a quarter past those of UTC', async () => {
  const moments = [
    '2026-03-09T18:14:59.999Z',
    '2026-03-09T18:15:00Z',
    '2026-03-10T00:14:59Z',
    '2026-03-10T18:14:59.999Z',
  ];
  expect(await byHour(moments, '2026-03-10', 'Asia/Kathmandu')).toEqual({
    from: '2026-03-10T00:00:00.000+05:45',
    to: '2026-03-11T00:00:00.000+05:45',
    buckets: 24,
    counted: [
      ['00:00+05:45 to 01:00+05:45', 1],
      ['05:00+05:45 to 06:00+05:45', 1],
      ['23:00+05:45 to 00:00+05:45', 1],
    ],
  });
});

test('[GEN-10] the half hour that Lord Howe repeats is a bucket of its own, the one that it skips is missing', async () => {
  const back = [
    '2025-04-05T14:29:59Z',
    '2025-04-05T14:30:00Z',
    '2025-04-05T14:59:59Z',
    '2025-04-05T15:00:00Z',
    '2025-04-05T15:29:59Z',
    '2025-04-05T15:30:00Z',
  ];
  expect(await byHour(back, '2025-04-06', 'Australia/Lord_Howe')).toEqual({
    from: '2025-04-06T00:00:00.000+11:00',
    to: '2025-04-07T00:00:00.000+10:30',
    buckets: 25,
    counted: [
      ['01:00+11:00 to 01:30+10:30', 3],
      ['01:30+10:30 to 02:00+10:30', 2],
      ['02:00+10:30 to 03:00+10:30', 1],
    ],
  });
  const forward = ['2025-10-04T15:29:59Z', '2025-10-04T15:30:00Z', '2025-10-04T15:59:59Z', '2025-10-04T16:00:00Z'];
  expect(await byHour(forward, '2025-10-05', 'Australia/Lord_Howe')).toEqual({
    from: '2025-10-05T00:00:00.000+10:30',
    to: '2025-10-06T00:00:00.000+11:00',
    buckets: 24,
    counted: [
      ['01:00+10:30 to 02:30+11:00', 1],
      ['02:30+11:00 to 03:00+11:00', 2],
      ['03:00+11:00 to 04:00+11:00', 1],
    ],
  });
});

test("[GEN-10] the zone of a period is the company's unless it names another, and all times below carry its offset", async () => {
  const company = await service.company({ timeZone: 'Asia/Kathmandu' });
  await company.ingest('messages', [
    line('a', { createdAt: '2026-03-09T18:30:00Z', statusAt: '2026-03-10T00:00:00Z' }),
  ]);
  const query = `query($period: PeriodInput!, $filter: MessageFilter) {
    messagingStats(period: $period) { period { from to timeZone asOf } series(granularity: DAY) { buckets { start end } lines { total } } }
    messages(period: $period, filter: $filter) { nodes { createdAt sentAt statusAt } }
  }`;
  const ask = async (timeZone?: string) =>
    (await company.graph(query, { period: day('2026-03-10', timeZone), filter: BY_SENDING })).data;
  expect(await ask()).toEqual({
    messagingStats: {
      period: {
        from: '2026-03-10T00:00:00.000+05:45',
        to: '2026-03-11T00:00:00.000+05:45',
        timeZone: 'Asia/Kathmandu',
        asOf: '2026-03-15T17:45:00.000+05:45',
      },
      series: {
        buckets: [{ start: '2026-03-10T00:00:00.000+05:45', end: '2026-03-11T00:00:00.000+05:45' }],
        lines: [{ total: [1] }],
      },
    },
    messages: {
      nodes: [
        {
          createdAt: '2026-03-10T00:15:00.000+05:45',
          sentAt: '2026-03-10T05:45:00.000+05:45',
          statusAt: '2026-03-10T05:45:00.000+05:45',
        },
      ],
    },
  });
  expect(await ask('UTC')).toEqual({
    messagingStats: {
      period: {
        from: '2026-03-10T00:00:00.000+00:00',
        to: '2026-03-11T00:00:00.000+00:00',
        timeZone: 'UTC',
        asOf: '2026-03-15T12:00:00.000+00:00',
      },
      series: {
        buckets: [{ start: '2026-03-10T00:00:00.000+00:00', end: '2026-03-11T00:00:00.000+00:00' }],
        lines: [{ total: [0] }],
      },
    },
    messages: {
      nodes: [
        {
          createdAt: '2026-03-09T18:30:00.000+00:00',
          sentAt: '2026-03-10T00:00:00.000+00:00',
          statusAt: '2026-03-10T00:00:00.000+00:00',
        },
      ],
    },
  });
});
