import fc from 'fast-check';
import { calendarDay, formatCalendarDay } from './calendar-date.ts';
import { countLocalDays, localDayOf } from './local-calendar.ts';
import type { PeriodInput } from './period.ts';
import { PERIOD_PRESETS } from './preset.ts';
import { COMPARISONS, previousPeriod } from './previous-period.ts';
import { resolvePeriod } from './resolve-period.ts';
import { anyZoneAndInstant, at, ends, ODD_ZONES, refusal } from './time.test-support.ts';

const NEW_YORK = { timeZone: 'America/New_York', moment: at('2026-11-25T14:31:20-05:00') };

function earlier(input: PeriodInput): string[] {
  return ends(previousPeriod(resolvePeriod(input, NEW_YORK)));
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
      '2026-03-08T03:30:00-04:00',
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
    expect(earlier({ dates: { startDate, endDate, startTime } })).toEqual([from, to]);
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
      { numRuns: 300 },
    );
  });

  test('of a range is the same duration directly before, whatever clocks did', () => {
    const range = { from: '2026-11-01T00:00:00-04:00', to: '2026-11-02T00:00:00-05:00' };
    expect(earlier({ range })).toEqual(['2026-10-30T23:00:00-04:00', '2026-11-01T00:00:00-04:00']);
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
    { numRuns: 1000 },
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
