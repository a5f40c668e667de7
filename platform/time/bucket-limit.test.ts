import { cutBuckets } from './buckets.ts';
import type { Granularity } from './granularity.ts';
import { resolvePeriod } from './resolve-period.ts';
import { at, refusal } from './time.test-support.ts';

const NEW_YORK = { timeZone: 'America/New_York', moment: at('2040-01-01T00:00:00Z') };

const ofDates = (startDate: string, endDate: string) => resolvePeriod({ dates: { startDate, endDate } }, NEW_YORK);

test.each<[number, Granularity, string, string]>([
  [3 * 1440, 'MINUTE', '2026-06-01', '2026-06-03'],
  [3 * 1440 + 60, 'MINUTE', '2026-10-31', '2026-11-02'],
  [3 * 1440 - 60, 'MINUTE', '2026-03-07', '2026-03-09'],
  [14 * 288 + 12, 'FIVE_MINUTES', '2026-10-25', '2026-11-07'],
])(
  '%d buckets of a %s fit: the days from %s to %s are not too many, however long they are',
  (count, granularity, from, to) => {
    expect(cutBuckets(ofDates(from, to), granularity).partial).toHaveLength(count);
  },
);

test('three days of 24 hours pass across the day of 23 hours too', () => {
  const range = { from: '2026-03-07T12:00:00-05:00', to: '2026-03-10T13:00:00-04:00' };
  expect(cutBuckets(resolvePeriod({ range }, NEW_YORK), 'MINUTE').partial).toHaveLength(3 * 1440);
});

const THREE_DAYS_AND_A_BIT = { from: '2026-06-01T00:00:00-04:00', to: '2026-06-04T00:00:00.001-04:00' };

test.each([
  [
    'MINUTE',
    resolvePeriod({ range: THREE_DAYS_AND_A_BIT }, NEW_YORK),
    'MINUTE spans at most 3 days, and this period would have about 4,321 buckets; ask for FIVE_MINUTES or for a shorter period.',
  ],
  [
    'MINUTE',
    ofDates('2026-01-01', '2026-12-31'),
    'MINUTE spans at most 3 days, and this period would have about 525,600 buckets; ask for HOUR or for a shorter period.',
  ],
  [
    'FIVE_MINUTES',
    ofDates('2026-06-01', '2026-06-15'),
    'FIVE_MINUTES spans at most 14 days, and this period would have about 4,320 buckets; ask for QUARTER_HOUR or for a shorter period.',
  ],
  [
    'HOUR',
    ofDates('2024-01-01', '2026-12-31'),
    'HOUR cuts this period into 26,304 buckets, and at most 20,000 fit; ask for DAY or for a shorter period.',
  ],
  [
    'QUARTER_HOUR',
    ofDates('2000-01-01', '2026-12-31'),
    'QUARTER_HOUR cuts this period into about 946,752 buckets, and at most 20,000 fit; ask for DAY or for a shorter period.',
  ],
  [
    'DAY',
    ofDates('2000-01-01', '9999-12-30'),
    'DAY cuts this period into about 2,921,939 buckets, and at most 20,000 fit; ask for YEAR or for a shorter period.',
  ],
] as const)(
  '%s over too long a period is refused with the figure and with what fits',
  (granularity, period, message) => {
    expect(refusal(() => cutBuckets(period, granularity))).toEqual({
      code: 'LIMIT_EXCEEDED',
      field: ['granularity'],
      message: `granularity: ${message}`,
    });
  },
);

test('a caller with several lines gives a lower limit, and its own path', () => {
  const period = ofDates('2026-11-01', '2026-11-30');
  expect(cutBuckets(period, 'DAY', { limit: 30 }).partial).toHaveLength(30);
  expect(refusal(() => cutBuckets(period, 'DAY', { limit: 29, path: ['series', 'granularity'] }))).toEqual({
    code: 'LIMIT_EXCEEDED',
    field: ['series', 'granularity'],
    message:
      'series.granularity: DAY cuts this period into 30 buckets, and at most 29 fit; ask for WEEK or for a shorter period.',
  });
});

test('where no granularity fits only a shorter period helps', () => {
  const { message } = refusal(() => cutBuckets(ofDates('2020-01-01', '2026-12-31'), 'MONTH', { limit: 3 }));
  expect(message).toBe(
    'granularity: MONTH cuts this period into 84 buckets, and at most 3 fit; ask for a shorter period.',
  );
});
