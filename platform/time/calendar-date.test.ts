import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  calendarDay,
  calendarFields,
  formatCalendarDay,
  parseCalendarDay,
  parseTimeOfDay,
  weekdayOf,
} from './calendar-date.ts';

test.each([
  ['1970-01-01', 0],
  ['2000-02-29', 11_016],
  ['2024-02-29', 19_782],
  ['0001-01-01', -719_162],
  ['9999-12-31', 2_932_896],
])('reads %s as a number of days and prints it again', (text, day) => {
  expect([parseCalendarDay(text), formatCalendarDay(day)]).toEqual([day, text]);
});

test.each([
  '2026-02-29',
  '1900-02-29',
  '2026-13-01',
  '2026-00-01',
  '2026-04-31',
  '2026-4-1',
  '20260401',
  '2026-04-01T',
  '',
])('takes %j for no date', (text) => {
  expect(parseCalendarDay(text)).toBeUndefined();
});

test.each([
  ['00:00', 0],
  ['09:30', 34_200_000],
  ['09:30:15', 34_215_000],
  ['23:59:59.9', 86_399_900],
  ['23:59:59.9999', 86_399_999],
  ['24:00', undefined],
  ['9:30', undefined],
  ['09:60', undefined],
  ['09:30:60', undefined],
  ['09:30Z', undefined],
  ['', undefined],
])('reads the time of day %j as %s', (text, timeMs) => {
  expect(parseTimeOfDay(text)).toBe(timeMs);
});

test('agrees with luxon on the fields and the weekday of any day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
      const expected = DateTime.fromMillis(day * 86_400_000, { zone: 'utc' });
      const { year, month, dayOfMonth } = calendarFields(day);
      expect([year, month, dayOfMonth, weekdayOf(day) + 1]).toEqual([
        ...[expected.year, expected.month, expected.day],
        expected.weekday,
      ]);
      expect(calendarDay(year, month, dayOfMonth)).toBe(day);
    }),
  );
});
