import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, BY_SENDING, line, refusals, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

interface Bucket {
  start: string;
  end: string;
  partial: boolean;
}

/** The start of every bucket, with a star where it is partial, and the end of the last one; buckets must follow one another. */
function cutOf(buckets: readonly Bucket[]): string[] {
  expect(buckets.slice(1).map(({ start }) => start)).toEqual(buckets.slice(0, -1).map(({ end }) => end));
  const show = (instant: string) => instant.replace(':00.000', '').replace('.000', '');
  return [...buckets.map(({ start, partial }) => show(start) + (partial ? '*' : '')), show(buckets.at(-1)?.end ?? '')];
}

const range = (from: string, to: string, timeZone?: string) => ({ range: { from, to }, timeZone });
const dates = (startDate: string, endDate: string, timeZone?: string) => ({ dates: { startDate, endDate }, timeZone });

/** Granularity, period, moments of messages, totals by bucket and the buckets in Moscow. It is 2026-03-15, 15:00 there. */
const GRANULARITIES: readonly (readonly [string, object, string[], number[], string[]])[] = [
  [
    'MINUTE',
    range(at('09:00:30'), at('09:04')),
    [at('09:00:29.999'), at('09:00:30'), at('09:00:59.999'), at('09:03:59.999'), at('09:04')],
    [2, 0, 0, 1],
    [
      '2026-03-10T12:00:30+03:00*',
      '2026-03-10T12:01+03:00',
      '2026-03-10T12:02+03:00',
      '2026-03-10T12:03+03:00',
      '2026-03-10T12:04+03:00',
    ],
  ],
  [
    'FIVE_MINUTES',
    range(at('08:58'), at('09:15')),
    [at('08:59'), at('09:00'), at('09:04:59.999'), at('09:10')],
    [1, 2, 0, 1],
    [
      '2026-03-10T11:58+03:00*',
      '2026-03-10T12:00+03:00',
      '2026-03-10T12:05+03:00',
      '2026-03-10T12:10+03:00',
      '2026-03-10T12:15+03:00',
    ],
  ],
  [
    'QUARTER_HOUR',
    range(at('08:45'), at('09:20')),
    [at('08:45'), at('09:14:59.999'), at('09:15')],
    [1, 1, 1],
    ['2026-03-10T11:45+03:00', '2026-03-10T12:00+03:00', '2026-03-10T12:15+03:00*', '2026-03-10T12:20+03:00'],
  ],
  [
    'HOUR',
    range(at('08:00'), at('11:00')),
    [at('08:00'), at('08:59:59.999'), at('10:00')],
    [2, 0, 1],
    ['2026-03-10T11:00+03:00', '2026-03-10T12:00+03:00', '2026-03-10T13:00+03:00', '2026-03-10T14:00+03:00'],
  ],
  [
    'DAY',
    dates('2026-03-13', '2026-03-15'),
    ['2026-03-12T20:59:59.999Z', '2026-03-12T21:00:00Z', '2026-03-13T20:59:59.999Z', '2026-03-15T11:00:00Z'],
    [2, 0, 1],
    ['2026-03-13T00:00+03:00', '2026-03-14T00:00+03:00', '2026-03-15T00:00+03:00*', '2026-03-16T00:00+03:00'],
  ],
  [
    'WEEK',
    dates('2026-03-01', '2026-03-10'),
    ['2026-03-01T20:59:59.999Z', '2026-03-01T21:00:00Z', '2026-03-09T21:00:00Z'],
    [1, 1, 1],
    ['2026-03-01T00:00+03:00*', '2026-03-02T00:00+03:00', '2026-03-09T00:00+03:00*', '2026-03-11T00:00+03:00'],
  ],
  [
    'MONTH',
    dates('2026-01-15', '2026-03-31'),
    ['2026-01-31T20:59:59.999Z', '2026-02-28T20:59:59.999Z', '2026-02-28T21:00:00Z', '2026-01-14T20:00:00Z'],
    [1, 1, 1],
    ['2026-01-15T00:00+03:00*', '2026-02-01T00:00+03:00', '2026-03-01T00:00+03:00*', '2026-04-01T00:00+03:00'],
  ],
  [
    'QUARTER',
    dates('2025-07-01', '2026-02-28'),
    ['2025-06-30T21:00:00Z', '2025-12-31T20:59:59.999Z', '2025-12-31T21:00:00Z'],
    [1, 1, 1],
    ['2025-07-01T00:00+03:00', '2025-10-01T00:00+03:00', '2026-01-01T00:00+03:00*', '2026-03-01T00:00+03:00'],
  ],
  [
    'YEAR',
    dates('2024-01-01', '2026-03-10'),
    ['2024-02-29T12:00:00Z', '2025-12-31T20:59:59.999Z', '2025-12-31T21:00:00Z'],
    [1, 1, 1],
    ['2024-01-01T00:00+03:00', '2025-01-01T00:00+03:00', '2026-01-01T00:00+03:00*', '2026-03-11T00:00+03:00'],
  ],
];

test.each(GRANULARITIES)(
  '[GEN-07] [NOT-21] cuts a period by %s and fills empty buckets with zeros',
  async (granularity, period, moments, totals, buckets) => {
    const company = await service.company();
    await company.ingest(
      'messages',
      moments.map((createdAt, index) => line(String(index), { createdAt })),
    );
    const selection = `counters { total } series(granularity: ${granularity}) {
    buckets { start end partial } lines { keys labels total notifications sent delivered share } omittedLines
  }`;
    const { counters, series } = await stats(company, selection, { period });
    expect(cutOf(series.buckets)).toEqual(buckets);
    const share = totals.map((total) => (total === 0 ? null : 100));
    const line_ = {
      keys: [],
      labels: [],
      total: totals,
      notifications: totals,
      sent: totals,
      delivered: totals,
      share,
    };
    expect(series.lines).toEqual([line_]);
    expect(series.omittedLines).toBe(0);
    expect(counters.total).toBe(totals.reduce((left, right) => left + right));
  },
);

test('[NOT-21] [NOT-25] lines stand by their total, and the share of a bucket counts lines that first leaves out', async () => {
  const company = await service.company();
  const send = (channel: string, hour: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      line(`${channel} ${hour} ${index}`, { channel, createdAt: at(hour), price: '0.1', smsParts: 2 }),
    );
  await company.ingest('messages', [
    ...send('EMAIL', '09:00', 2),
    ...send('PUSH', '09:00', 1),
    ...send('PUSH', '11:00', 3),
    ...send('SMS', '09:30', 1),
    ...send('VIBER', '11:59', 1),
  ]);
  const period = range(at('09:00'), at('12:00'));
  const lines = [
    {
      keys: ['PUSH'],
      labels: ['Push'],
      total: [1, 0, 3],
      price: ['0.10', '0.00', '0.30'],
      smsParts: [0, 0, 0],
      share: [25, null, 75],
    },
    {
      keys: ['EMAIL'],
      labels: ['E-mail'],
      total: [2, 0, 0],
      price: ['0.20', '0.00', '0.00'],
      smsParts: [0, 0, 0],
      share: [50, null, 0],
    },
    {
      keys: ['SMS'],
      labels: ['SMS'],
      total: [1, 0, 0],
      price: ['0.10', '0.00', '0.00'],
      smsParts: [2, 0, 0],
      share: [25, null, 0],
    },
    {
      keys: ['VIBER'],
      labels: ['Viber'],
      total: [0, 0, 1],
      price: ['0.00', '0.00', '0.10'],
      smsParts: [0, 0, 0],
      share: [0, null, 25],
    },
  ];
  for (const first of [1, 2, 3, 4, 1000]) {
    const selection = `series(granularity: HOUR, by: [CHANNEL], first: ${first}) {
      lines { keys labels total price smsParts share } omittedLines
    }`;
    const { series } = await stats(company, selection, { period });
    expect(series).toEqual({ lines: lines.slice(0, first), omittedLines: Math.max(0, 4 - first) });
  }
});

test('[NOT-24] lines of two dimensions are told apart, also where their keys joined would be the same', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('a', { channel: 'VIBER', errorCode: 'x' }),
    line('b', { channel: 'VIBER', status: 'ERROR', errorCode: 'x' }),
    line('c', { channel: 'PUSH', createdAt: at('10:00') }),
    line('d', { channel: 'PUSH', createdAt: at('10:00'), notificationId: 'c' }),
  ]);
  const selection = `series(granularity: HOUR, by: [ERROR_CODE, STATUS, CHANNEL]) {
    lines { keys labels total notifications unpriced deliveryRate }
  }`;
  const { series } = await stats(company, selection, { period: range(at('09:00'), at('11:00')) });
  expect(series.lines).toEqual([
    {
      keys: ['', 'DELIVERED', 'PUSH'],
      labels: ['(none)', 'Delivered', 'Push'],
      total: [0, 2],
      notifications: [0, 1],
      unpriced: [0, 2],
      deliveryRate: [null, 100],
    },
    {
      keys: ['x', 'DELIVERED', 'VIBER'],
      labels: ['x', 'Delivered', 'Viber'],
      total: [1, 0],
      notifications: [1, 0],
      unpriced: [1, 0],
      deliveryRate: [100, null],
    },
    {
      keys: ['x', 'ERROR', 'VIBER'],
      labels: ['x', 'Error', 'Viber'],
      total: [1, 0],
      notifications: [1, 0],
      unpriced: [0, 0],
      deliveryRate: [null, null],
    },
  ]);
});

test('[MSG-02] [NOT-20] both axes may be drawn side by side, each message in the bucket of its own axis', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('a', { createdAt: at('09:00'), sentAt: at('10:00') }),
    line('b', { createdAt: at('09:59'), status: 'CREATED' }),
  ]);
  const selection = 'series(granularity: HOUR) { lines { total sent } }';
  const period = range(at('09:00'), at('11:00'));
  expect(await stats(company, selection, { period })).toEqual({ series: { lines: [{ total: [2, 0], sent: [1, 0] }] } });
  expect(await stats(company, selection, { period, filter: BY_SENDING })).toEqual({
    series: { lines: [{ total: [0, 1], sent: [0, 1] }] },
  });
});

test('[GEN-07] refuses a granularity that is too fine for the period and says which one fits', async () => {
  const company = await service.company();
  const fault = async (granularity: string, period: object, more = '') =>
    refusals(company, `series(granularity: ${granularity}${more}) { omittedLines }`, { period });
  const fitting = (granularity: string) => [
    { code: 'LIMIT_EXCEEDED', field: ['granularity'], message: expect.stringContaining(granularity) },
  ];
  expect(await fault('MINUTE', dates('2026-03-01', '2026-03-04'))).toEqual(fitting('FIVE_MINUTES'));
  expect(await fault('FIVE_MINUTES', dates('2026-02-01', '2026-02-15'))).toEqual(fitting('QUARTER_HOUR'));
  expect(await fault('HOUR', dates('2020-01-01', '2025-12-31'))).toEqual(fitting('DAY'));
  // Buckets that fit for one line may be too many for several: 365 days of hours by three channels are 26,280 points.
  await company.ingest(
    'messages',
    ['SMS', 'PUSH', 'EMAIL'].map((channel) => line(channel, { channel })),
  );
  const year = dates('2025-03-12', '2026-03-11');
  expect(await fault('HOUR', year, ', by: [CHANNEL]')).toEqual([
    { code: 'LIMIT_EXCEEDED', field: ['granularity'], message: expect.stringMatching(/26280.*DAY.*first: 2/) },
  ]);
  const { series } = await stats(company, 'series(granularity: HOUR, by: [CHANNEL], first: 2) { omittedLines }', {
    period: year,
  });
  expect(series).toEqual({ omittedLines: 1 });
  const threeDays = 'series(granularity: MINUTE) { buckets { partial } }';
  const fits = await stats(company, threeDays, { period: dates('2026-03-01', '2026-03-03') });
  expect(fits.series.buckets).toHaveLength(3 * 24 * 60);
});
