import fc from 'fast-check';
import { calendarDay, formatCalendarDay } from './calendar-date.ts';
import { countLocalDays, localDayOf } from './local-calendar.ts';
import type { PeriodInput } from './period.ts';
import { PERIOD_PRESETS } from './preset.ts';
import { COMPARISONS, previousPeriod } from './previous-period.ts';
import { resolvePeriod } from './resolve-period.ts';
import { anyZoneAndInstant, at, ends, ODD_ZONES, refusal } from './time-fixtures.ts';

const NEW_YORK = { timeZone: 'America/New_York', moment: at('2026-11-25T14:31:20-05:00') };

function earlier(input: PeriodInput, comparison: (typeof COMPARISONS)[number], options = NEW_YORK): string[] {
  return ends(previousPeriod(resolvePeriod(input, options), comparison));
}

describe('PREVIOUS_PERIOD of dates and ranges', () => {
  test.each([
    ['one day', '2026-11-22', '2026-11-22', undefined, '2026-11-21T00:00:00-05:00', '2026-11-22T00:00:00-05:00'],
    [
      'a week after the day of 25 hours',
      '2026-11-02',
      '2026-11-08',
      undefined,
      '2026-10-26T00:00:00-04:00',
      '2026-11-02T00:00:00-05:00',
    ],
    [
      'a month, which is so many days',
      '2026-03-01',
      '2026-03-31',
      undefined,
      '2026-01-29T00:00:00-05:00',
      '2026-03-01T00:00:00-05:00',
    ],
    ['with a startTime', '2026-11-22', '2026-11-23', '09:30', '2026-11-20T09:30:00-05:00', '2026-11-22T00:00:00-05:00'],
    [
      'with a startTime skipped before',
      '2026-03-09',
      '2026-03-09',
      '02:30',
      '2026-03-08T03:00:00-04:00',
      '2026-03-09T00:00:00-04:00',
    ],
    [
      'with a startTime skipped here',
      '2026-03-08',
      '2026-03-08',
      '02:30',
      '2026-03-07T02:30:00-05:00',
      '2026-03-08T00:00:00-05:00',
    ],
  ])('[GEN-03] [GEN-04] of dates is as many local days before: %s', (_, startDate, endDate, startTime, from, to) => {
    expect(earlier({ dates: { startDate, endDate, startTime } }, 'PREVIOUS_PERIOD')).toEqual([from, to]);
  });

  test('of dates has as many local days as they have, those that a zone skipped left out', () => {
    const anyDay = fc.integer({ min: calendarDay(2004, 1, 1), max: calendarDay(2030, 1, 1) });
    const anyDays = fc.record({
      timeZone: fc.constantFrom('Pacific/Apia', ...ODD_ZONES),
      startDay: fc.oneof(anyDay, fc.integer({ min: calendarDay(2011, 12, 1), max: calendarDay(2012, 1, 31) })),
      length: fc.integer({ min: 1, max: 700 }),
    });
    fc.assert(
      fc.property(anyDays, ({ timeZone, startDay, length }) => {
        const count = countLocalDays(startDay, startDay + length, timeZone);
        fc.pre(count > 0);
        const [startDate, endDate] = [startDay, startDay + length - 1].map(formatCalendarDay) as [string, string];
        const period = resolvePeriod({ dates: { startDate, endDate } }, { ...NEW_YORK, timeZone });
        const previous = previousPeriod(period);
        const firstDay = localDayOf(previous.from, timeZone);
        expect(previous.to).toBe(period.from);
        expect(countLocalDays(firstDay, startDay, timeZone)).toBe(count);
      }),
      { numRuns: 3000 },
    );
  });

  test('of a range is the same duration directly before, whatever clocks did', () => {
    const range = { from: '2026-11-01T00:00:00-04:00', to: '2026-11-02T00:00:00-05:00' };
    expect(earlier({ range }, 'PREVIOUS_PERIOD')).toEqual(['2026-10-30T23:00:00-04:00', '2026-11-01T00:00:00-04:00']);
  });
});

describe('SAME_PERIOD_LAST_WEEK and SAME_PERIOD_LAST_YEAR', () => {
  const dates = (startDate: string, endDate: string, startTime?: string) => ({
    dates: { startDate, endDate, startTime },
  });
  const range = (from: string, to: string) => ({ range: { from, to } });

  test.each([
    [
      'a day before the day of 25 hours',
      dates('2026-11-08', '2026-11-08'),
      '2026-11-01T00:00:00-04:00',
      '2026-11-02T00:00:00-05:00',
    ],
    [
      'a range across it',
      range('2026-11-08T01:30:00-05:00', '2026-11-08T03:00:00-05:00'),
      '2026-11-01T01:30:00-04:00',
      '2026-11-01T03:00:00-05:00',
    ],
    [
      'a skipped start',
      range('2026-03-15T02:30:00-04:00', '2026-03-15T04:00:00-04:00'),
      '2026-03-08T03:00:00-04:00',
      '2026-03-08T04:00:00-04:00',
    ],
    [
      'a skipped startTime',
      dates('2026-03-15', '2026-03-15', '02:30'),
      '2026-03-08T03:00:00-04:00',
      '2026-03-09T00:00:00-04:00',
    ],
    [
      'a startTime skipped here',
      dates('2026-03-08', '2026-03-08', '02:30'),
      '2026-03-01T02:30:00-05:00',
      '2026-03-02T00:00:00-05:00',
    ],
    [
      'a range that was skipped whole',
      range('2026-03-15T02:10:00-04:00', '2026-03-15T02:50:00-04:00'),
      '2026-03-08T03:00:00-04:00',
      '2026-03-08T03:40:00-04:00',
    ],
    [
      'a range within the repeated hour',
      range('2026-11-01T01:45:00-04:00', '2026-11-01T01:15:00-05:00'),
      '2026-10-25T01:45:00-04:00',
      '2026-10-25T02:15:00-04:00',
    ],
    ['a preset', { preset: 'THIS_MONTH' as const }, '2026-10-25T00:00:00-04:00', '2026-11-18T14:32:00-05:00'],
  ])('a week earlier: %s', (_, input, from, to) => {
    expect(earlier(input, 'SAME_PERIOD_LAST_WEEK')).toEqual([from, to]);
  });

  test('a week earlier a day that ends at a skipped midnight still ends at midnight', () => {
    const options = { ...NEW_YORK, timeZone: 'America/Sao_Paulo' };
    const asDates = dates('2017-10-14', '2017-10-14');
    const asRange = range('2017-10-14T00:00:00-03:00', '2017-10-15T01:00:00-02:00');
    const periods = [asDates, asRange].map((input) => earlier(input, 'SAME_PERIOD_LAST_WEEK', options));
    const expected = ['2017-10-07T00:00:00-03:00', '2017-10-08T00:00:00-03:00'];
    expect(periods).toEqual([expected, expected]);
  });

  test.each([
    ['29 February', dates('2024-02-29', '2024-02-29'), '2023-02-28T00:00:00-05:00', '2023-03-01T00:00:00-05:00'],
    [
      'days up to 28 February',
      dates('2024-02-01', '2024-02-28'),
      '2023-02-01T00:00:00-05:00',
      '2023-03-01T00:00:00-05:00',
    ],
    [
      'a February with 29 days',
      dates('2024-02-01', '2024-02-29'),
      '2023-02-01T00:00:00-05:00',
      '2023-03-01T00:00:00-05:00',
    ],
    [
      'a February with 28 days',
      dates('2025-02-01', '2025-02-28'),
      '2024-02-01T00:00:00-05:00',
      '2024-03-01T00:00:00-05:00',
    ],
    [
      'hours of 29 February',
      range('2024-02-29T09:00:00-05:00', '2024-02-29T12:00:00-05:00'),
      '2023-02-28T09:00:00-05:00',
      '2023-02-28T12:00:00-05:00',
    ],
    [
      'from 29 February on',
      range('2024-02-29T00:00:00-05:00', '2024-03-02T00:00:00-05:00'),
      '2023-02-28T00:00:00-05:00',
      '2023-03-02T00:00:00-05:00',
    ],
    [
      'a day in another offset',
      dates('2026-03-08', '2026-03-08'),
      '2025-03-08T00:00:00-05:00',
      '2025-03-09T00:00:00-05:00',
    ],
    ['a preset', { preset: 'THIS_MONTH' as const }, '2025-11-01T00:00:00-04:00', '2025-11-25T14:32:00-05:00'],
  ])('a year earlier: %s', (_, input, from, to) => {
    expect(earlier(input, 'SAME_PERIOD_LAST_YEAR')).toEqual([from, to]);
  });
});

test('every earlier period is earlier, has a length, and keeps the zone and now', () => {
  const anyCase = fc.record({
    preset: fc.constantFrom(...PERIOD_PRESETS),
    comparison: fc.constantFrom(...COMPARISONS),
  });
  fc.assert(
    fc.property(anyZoneAndInstant, anyCase, ({ timeZone, instant }, { preset, comparison }) => {
      fc.pre(instant > at('2003-01-10T00:00:00Z'));
      const period = resolvePeriod({ preset }, { timeZone, moment: instant });
      const previous = previousPeriod(period, comparison);
      expect(previous.from).toBeLessThan(previous.to);
      expect(previous.from).toBeLessThan(period.from);
      expect(previous.to).toBeLessThan(period.to);
      expect([previous.timeZone, previous.now]).toEqual([timeZone, period.now]);
    }),
    { numRuns: 10000 },
  );
});

test('PREVIOUS_PERIOD is what is compared with by default', () => {
  const period = resolvePeriod({ preset: 'THIS_WEEK' }, NEW_YORK);
  expect(previousPeriod(period)).toEqual(previousPeriod(period, 'PREVIOUS_PERIOD'));
});

test('an earlier period that would begin before 2000 is refused', () => {
  const period = resolvePeriod({ dates: { startDate: '2000-12-31', endDate: '2000-12-31' } }, NEW_YORK);
  expect(ends(previousPeriod(period, 'SAME_PERIOD_LAST_WEEK'))[0]).toBe('2000-12-24T00:00:00-05:00');
  expect(refusal(() => previousPeriod(period, 'SAME_PERIOD_LAST_YEAR'))).toEqual({
    code: 'BAD_USER_INPUT',
    field: ['previous', 'by'],
    message:
      'previous.by: the period to compare with would begin at 1999-12-31T00:00:00.000-05:00, before the year 2000; ' +
      'ask for a later period or leave previous out.',
  });
});
