import fc from 'fast-check';
import { cutBuckets } from './buckets.ts';
import { GRANULARITIES, type Granularity } from './granularity.ts';
import { HOUR_MS, MINUTE_MS } from './instant.ts';
import type { Period } from './period.ts';
import { resolvePeriod } from './resolve-period.ts';
import { anyZoneAndInstant, at, written } from './time-fixtures.ts';

const LATER = at('2030-01-01T00:00:00Z');

/** A period of dates or, where both have a time, of a range, seen from long after it or from a given moment. */
function periodOf(timeZone: string, from: string, to: string, moment = LATER): Period {
  const input = from.includes('T') ? { range: { from, to } } : { dates: { startDate: from, endDate: to } };
  return resolvePeriod(input, { timeZone, moment });
}

/** Every bucket as its start, with a star where it is partial, and the end of the last one. */
function cut(period: Period, granularity: Granularity): string[] {
  const { boundaries, partial } = cutBuckets(period, granularity);
  return boundaries.map((boundary, index) => written(boundary, period.timeZone) + (partial[index] ? '*' : ''));
}

describe('days and coarser', () => {
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
});

describe('hours and finer', () => {
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
});

describe('partial', () => {
  test('buckets that end after now are partial, those of the future too', () => {
    const period = periodOf('UTC', '2026-11-22', '2026-11-22', at('2026-11-22T21:30:20Z'));
    expect(cutBuckets(period, 'HOUR').partial).toEqual([...Array(21).fill(false), true, true, true]);
  });

  test('a bucket that ends with now is over', () => {
    const period = periodOf('UTC', '2026-11-22', '2026-11-22', at('2026-11-22T21:59:20Z'));
    expect(cutBuckets(period, 'HOUR').partial).toEqual([...Array(22).fill(false), true, true]);
  });

  test('the running unit of a preset is cut by its end', () => {
    const options = { timeZone: 'Europe/Moscow', moment: at('2026-11-25T14:31:20+03:00') };
    const { partial } = cutBuckets(resolvePeriod({ preset: 'LAST_7_DAYS' }, options), 'DAY');
    expect(partial).toEqual([false, false, false, false, false, false, true]);
  });
});

test('[GEN-10] buckets tile the period, each with a length, and only its ends are cut', () => {
  const anyCut = fc.record({
    granularity: fc.constantFrom(...GRANULARITIES),
    lengthMs: fc.integer({ min: 1, max: 48 * HOUR_MS }),
    factor: fc.constantFrom(1, 30),
  });
  fc.assert(
    fc.property(anyZoneAndInstant, anyCut, ({ timeZone, instant }, { granularity, lengthMs, factor }) => {
      const isFine = granularity === 'MINUTE' || granularity === 'FIVE_MINUTES';
      const range = { from: instant, to: instant + (isFine ? lengthMs : lengthMs * factor) };
      const period = resolvePeriod({ range }, { timeZone, moment: at('2040-01-01T00:00:00Z') });
      const { boundaries, partial } = cutBuckets(period, granularity);
      expect([boundaries[0], boundaries.at(-1)]).toEqual([range.from, range.to]);
      expect(partial).toHaveLength(boundaries.length - 1);
      expect(boundaries.every((start, index) => index === 0 || start > (boundaries[index - 1] as number))).toBe(true);
      expect(partial.slice(1, -1)).not.toContain(true);
      expect(boundaries.slice(1, -1).every((start) => start % MINUTE_MS === 0)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
