import { cutBuckets } from './buckets.ts';
import type { Granularity } from './granularity.ts';
import type { Period } from './period.ts';
import { cut, periodOf } from './time.test-support.ts';

test.each<[string, Granularity, Period, string[]]>([
  [
    'a skipped hour',
    'HOUR',
    periodOf('America/New_York', '2026-03-08T01:00:00-05:00', '2026-03-08T04:00:00-04:00'),
    ['2026-03-08T01:00:00-05:00', '2026-03-08T03:00:00-04:00', '2026-03-08T04:00:00-04:00'],
  ],
  [
    'a repeated hour',
    'HOUR',
    periodOf('America/New_York', '2026-11-01T00:00:00-04:00', '2026-11-01T03:00:00-05:00'),
    [
      '2026-11-01T00:00:00-04:00',
      '2026-11-01T01:00:00-04:00',
      '2026-11-01T01:00:00-05:00',
      '2026-11-01T02:00:00-05:00',
      '2026-11-01T03:00:00-05:00',
    ],
  ],
  [
    'the hour repeated in Moscow in 2014',
    'HOUR',
    periodOf('Europe/Moscow', '2014-10-26T01:00:00+04:00', '2014-10-26T02:00:00+03:00'),
    ['2014-10-26T01:00:00+04:00', '2014-10-26T01:00:00+03:00', '2014-10-26T02:00:00+03:00'],
  ],
  [
    'the repeated half hour of Lord Howe',
    'HOUR',
    periodOf('Australia/Lord_Howe', '2026-04-05T01:00:00+11:00', '2026-04-05T03:00:00+10:30'),
    [
      '2026-04-05T01:00:00+11:00',
      '2026-04-05T01:30:00+10:30',
      '2026-04-05T02:00:00+10:30',
      '2026-04-05T03:00:00+10:30',
    ],
  ],
  [
    'the skipped half hour of Lord Howe',
    'HOUR',
    periodOf('Australia/Lord_Howe', '2026-10-04T01:00:00+10:30', '2026-10-04T04:00:00+11:00'),
    [
      '2026-10-04T01:00:00+10:30',
      '2026-10-04T02:30:00+11:00',
      '2026-10-04T03:00:00+11:00',
      '2026-10-04T04:00:00+11:00',
    ],
  ],
  [
    'hours of a 45-minute zone',
    'HOUR',
    periodOf('Asia/Kathmandu', '2026-11-22T00:30:00Z', '2026-11-22T02:00:00Z'),
    ['2026-11-22T06:15:00+05:45*', '2026-11-22T07:00:00+05:45*', '2026-11-22T07:45:00+05:45'],
  ],
  [
    'quarters of an hour',
    'QUARTER_HOUR',
    periodOf('Asia/Kathmandu', '2026-11-22T00:10:00Z', '2026-11-22T00:45:00Z'),
    [
      '2026-11-22T05:55:00+05:45*',
      '2026-11-22T06:00:00+05:45',
      '2026-11-22T06:15:00+05:45',
      '2026-11-22T06:30:00+05:45',
    ],
  ],
  [
    'five minutes at a change in the middle of them',
    'FIVE_MINUTES',
    periodOf('America/St_Johns', '2010-11-06T23:55:00-02:30', '2010-11-06T23:10:00-03:30'),
    [
      '2010-11-06T23:55:00-02:30',
      '2010-11-07T00:00:00-02:30',
      '2010-11-06T23:01:00-03:30',
      '2010-11-06T23:05:00-03:30',
      '2010-11-06T23:10:00-03:30',
    ],
  ],
  [
    'minutes',
    'MINUTE',
    periodOf('UTC', '2026-11-22T00:00:30Z', '2026-11-22T00:02:00Z'),
    ['2026-11-22T00:00:30+00:00*', '2026-11-22T00:01:00+00:00', '2026-11-22T00:02:00+00:00'],
  ],
  [
    'a skipped day by hours',
    'HOUR',
    periodOf('Pacific/Apia', '2011-12-29T23:00:00-10:00', '2011-12-31T01:00:00+14:00'),
    ['2011-12-29T23:00:00-10:00', '2011-12-31T00:00:00+14:00', '2011-12-31T01:00:00+14:00'],
  ],
  [
    'within one bucket',
    'HOUR',
    periodOf('UTC', '2026-11-22T00:10:00Z', '2026-11-22T00:20:00Z'),
    ['2026-11-22T00:10:00+00:00*', '2026-11-22T00:20:00+00:00'],
  ],
])('[GEN-10] cuts %s', (_, granularity, period, expected) => {
  expect(cut(period, granularity)).toEqual(expected);
});

test('a period that begins or ends at a change of the offset is not cut there', () => {
  const change = '2026-04-05T01:30:00+10:30';
  const before = periodOf('Australia/Lord_Howe', '2026-04-05T01:00:00+11:00', change);
  const after = periodOf('Australia/Lord_Howe', change, '2026-04-05T02:00:00+10:30');
  expect([before, after].map((period) => cutBuckets(period, 'HOUR').partial)).toEqual([[false], [false]]);
});
