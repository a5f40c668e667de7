import type { Granularity } from './granularity.ts';
import type { Period } from './period.ts';
import { cut, periodOf } from './time.test-support.ts';

test.each<[string, Granularity, Period, string[]]>([
  [
    'a day of 23 hours',
    'DAY',
    periodOf('America/New_York', '2026-03-07', '2026-03-09'),
    [
      '2026-03-07T00:00:00-05:00',
      '2026-03-08T00:00:00-05:00',
      '2026-03-09T00:00:00-04:00',
      '2026-03-10T00:00:00-04:00',
    ],
  ],
  [
    'a day of 25 hours',
    'DAY',
    periodOf('Europe/Moscow', '2014-10-25', '2014-10-27'),
    [
      '2014-10-25T00:00:00+04:00',
      '2014-10-26T00:00:00+04:00',
      '2014-10-27T00:00:00+03:00',
      '2014-10-28T00:00:00+03:00',
    ],
  ],
  [
    'a skipped day',
    'DAY',
    periodOf('Pacific/Apia', '2011-12-29', '2011-12-31'),
    ['2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00', '2012-01-01T00:00:00+14:00'],
  ],
  [
    'a skipped midnight',
    'DAY',
    periodOf('America/Sao_Paulo', '2017-10-14', '2017-10-15'),
    ['2017-10-14T00:00:00-03:00', '2017-10-15T01:00:00-02:00', '2017-10-16T00:00:00-02:00'],
  ],
  [
    'a leap day',
    'DAY',
    periodOf('UTC', '2024-02-28', '2024-03-01'),
    [
      '2024-02-28T00:00:00+00:00',
      '2024-02-29T00:00:00+00:00',
      '2024-03-01T00:00:00+00:00',
      '2024-03-02T00:00:00+00:00',
    ],
  ],
  [
    'weeks from Monday, cut at both ends',
    'WEEK',
    periodOf('Asia/Kathmandu', '2026-11-22', '2026-12-01'),
    [
      '2026-11-22T00:00:00+05:45*',
      '2026-11-23T00:00:00+05:45',
      '2026-11-30T00:00:00+05:45*',
      '2026-12-02T00:00:00+05:45',
    ],
  ],
  [
    'months of all lengths',
    'MONTH',
    periodOf('Europe/Moscow', '2023-12-31', '2024-03-30'),
    [
      '2023-12-31T00:00:00+03:00*',
      '2024-01-01T00:00:00+03:00',
      '2024-02-01T00:00:00+03:00',
      '2024-03-01T00:00:00+03:00*',
      '2024-03-31T00:00:00+03:00',
    ],
  ],
  [
    'quarters',
    'QUARTER',
    periodOf('UTC', '2025-10-01', '2026-06-30'),
    [
      '2025-10-01T00:00:00+00:00',
      '2026-01-01T00:00:00+00:00',
      '2026-04-01T00:00:00+00:00',
      '2026-07-01T00:00:00+00:00',
    ],
  ],
  [
    'years',
    'YEAR',
    periodOf('UTC', '2024-06-01', '2026-12-31'),
    [
      '2024-06-01T00:00:00+00:00*',
      '2025-01-01T00:00:00+00:00',
      '2026-01-01T00:00:00+00:00',
      '2027-01-01T00:00:00+00:00',
    ],
  ],
  [
    'less than one unit',
    'MONTH',
    periodOf('UTC', '2026-11-02', '2026-11-03'),
    ['2026-11-02T00:00:00+00:00*', '2026-11-04T00:00:00+00:00'],
  ],
  // Clocks went from 00:01 back to 23:01: the hour repeated after the first midnight is part of the new day.
  [
    'a midnight that comes twice',
    'DAY',
    periodOf('America/St_Johns', '2010-11-06', '2010-11-07'),
    ['2010-11-06T00:00:00-02:30', '2010-11-07T00:00:00-02:30', '2010-11-08T00:00:00-03:30'],
  ],
])('[GEN-03] [GEN-10] cuts %s', (_, granularity, period, expected) => {
  expect(cut(period, granularity)).toEqual(expected);
});
