import fc from 'fast-check';
import { calendarDay } from './calendar-date.ts';
import { localUnit } from './calendar-unit.ts';
import { HOUR_MS } from './instant.ts';
import {
  countLocalDays,
  instantOf,
  localDate,
  localDaysBefore,
  localTimeOf,
  startOfLocalDate,
} from './local-calendar.ts';
import { anyZoneAndInstant, at, ends, written } from './time.test-support.ts';

test.each([
  ['America/New_York', '2026-03-08', '2026-03-08T00:00:00-05:00', 23],
  ['America/New_York', '2026-11-01', '2026-11-01T00:00:00-04:00', 25],
  ['Europe/Moscow', '2014-10-26', '2014-10-26T00:00:00+04:00', 25],
  ['Australia/Lord_Howe', '2026-04-05', '2026-04-05T00:00:00+11:00', 24.5],
  ['Australia/Lord_Howe', '2026-10-04', '2026-10-04T00:00:00+10:30', 23.5],
  ['Asia/Kathmandu', '2026-03-08', '2026-03-08T00:00:00+05:45', 24],
  // Midnight is skipped: the day begins at 01:00.
  ['America/Sao_Paulo', '2017-10-15', '2017-10-15T01:00:00-02:00', 23],
  ['Asia/Beirut', '2026-03-29', '2026-03-29T01:00:00+03:00', 23],
  ['Africa/Cairo', '2026-04-24', '2026-04-24T01:00:00+03:00', 23],
  // Midnight comes twice: the day begins at the first.
  ['America/Havana', '2026-11-01', '2026-11-01T00:00:00-04:00', 25],
  // The day before is repeated from 23:00, and its second 23:00 is still that day.
  ['America/Sao_Paulo', '2018-02-17', '2018-02-17T00:00:00-02:00', 25],
  // One minute after midnight clocks went back to 23:01: the first midnight begins the day.
  ['America/St_Johns', '2010-11-07', '2010-11-07T00:00:00-02:30', 25],
  // 2011-12-30 was skipped: it begins, and ends, where the 31st begins.
  ['Pacific/Apia', '2011-12-29', '2011-12-29T00:00:00-10:00', 24],
  ['Pacific/Apia', '2011-12-30', '2011-12-31T00:00:00+14:00', 0],
  ['Pacific/Apia', '2011-12-31', '2011-12-31T00:00:00+14:00', 24],
])('[GEN-03] in %s the day %s begins at %s and has %d hours', (timeZone, date, start, hours) => {
  const dayAfter = new Date(Date.parse(date) + 24 * HOUR_MS).toISOString().slice(0, 10);
  const from = startOfLocalDate(date, timeZone);
  expect(written(from, timeZone)).toBe(start);
  expect((startOfLocalDate(dayAfter, timeZone) - from) / HOUR_MS).toBe(hours);
});

test('a text that is no date is the fault of the program and thrown as such', () => {
  expect(() => startOfLocalDate('2026-02-30', 'UTC')).toThrow(new RangeError('not a date: 2026-02-30'));
});

test('gives the date that local clocks show', () => {
  const instant = at('2026-11-22T21:30:00Z');
  const dates = ['UTC', 'Europe/Moscow', 'Pacific/Kiritimati', 'Etc/GMT+12'].map((zone) => localDate(instant, zone));
  expect(dates).toEqual(['2026-11-22', '2026-11-23', '2026-11-23', '2026-11-22']);
});

test('the first instant of a day is the first at which clocks show that date or a later one', () => {
  fc.assert(
    fc.property(anyZoneAndInstant, fc.nat(40 * HOUR_MS), ({ timeZone, instant }, earlierMs) => {
      const date = localDate(instant, timeZone);
      const start = startOfLocalDate(date, timeZone);
      expect(localDate(start, timeZone) >= date).toBe(true);
      expect(start <= instant).toBe(true);
      expect(localDate(start - 1 - earlierMs, timeZone) < date).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('a later local time never comes before one that exists', () => {
  fc.assert(
    fc.property(anyZoneAndInstant, fc.nat(3 * HOUR_MS), ({ timeZone, instant }, laterMs) => {
      const local = localTimeOf(instant, timeZone);
      const later = { day: local.day, timeMs: local.timeMs + laterMs };
      expect(instantOf(local, timeZone)).toBeLessThanOrEqual(instantOf(later, timeZone));
      expect(instantOf(local, timeZone)).toBeLessThanOrEqual(instant);
    }),
    { numRuns: 1000 },
  );
});

test('days that a zone skipped to cross the date line are not counted', () => {
  const day = (dayOfMonth: number) => calendarDay(2011, 12, dayOfMonth);
  const counts = ['Pacific/Apia', 'UTC'].map((zone) => [
    countLocalDays(day(30), day(31), zone),
    countLocalDays(day(25), day(35), zone),
    day(31) - localDaysBefore(day(31), 1, zone),
    day(31) - localDaysBefore(day(31), 20, zone),
    day(30) - localDaysBefore(day(30), 1, zone),
    day(29) - localDaysBefore(day(29), 1, zone),
  ]);
  expect(counts).toEqual([
    [0, 9, 2, 21, 1, 1],
    [1, 10, 1, 20, 1, 1],
  ]);
});

test.each([
  ['DAY', '2026-11-01T12:00:00Z', ['2026-11-01T00:00:00-04:00', '2026-11-02T00:00:00-05:00']],
  ['WEEK', '2026-11-01T12:00:00Z', ['2026-10-26T00:00:00-04:00', '2026-11-02T00:00:00-05:00']],
  ['WEEK', '2027-01-01T12:00:00Z', ['2026-12-28T00:00:00-05:00', '2027-01-04T00:00:00-05:00']],
  ['MONTH', '2024-02-29T12:00:00Z', ['2024-02-01T00:00:00-05:00', '2024-03-01T00:00:00-05:00']],
  ['QUARTER', '2026-11-22T12:00:00Z', ['2026-10-01T00:00:00-04:00', '2027-01-01T00:00:00-05:00']],
  ['YEAR', '2027-01-01T04:59:59Z', ['2026-01-01T00:00:00-05:00', '2027-01-01T00:00:00-05:00']],
] as const)('finds the local %s around %s', (unit, instant, expected) => {
  const timeZone = 'America/New_York';
  expect(ends({ ...localUnit(unit, at(instant), timeZone), timeZone })).toEqual(expected);
});
