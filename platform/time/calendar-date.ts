import { DAY_MS } from './instant.ts';

/**
 * A calendar date as the number of days since 1970-01-01, in the Gregorian calendar and without a zone: dates then compare,
 * add and subtract like numbers.
 */
export type CalendarDay = number;

/** Days of 400 Gregorian years, after which the calendar repeats, weekdays included. */
const CYCLE_DAYS = 146_097;

/** 1970-01-01 was a Thursday, three days after a Monday. */
const EPOCH_WEEKDAY = 3;

/** The day of a year (0 to 9999), month (from 1) and day of the month; a month or day outside its range carries over. */
export function calendarDay(year: number, month: number, dayOfMonth: number): CalendarDay {
  // Date.UTC takes the years 0 to 99 for those of the 20th century; 400 years later it does not, and the calendar is the same.
  return Date.UTC(year + 400, month - 1, dayOfMonth) / DAY_MS - CYCLE_DAYS;
}

/** Year, month (from 1) and day of the month. */
export function calendarFields(day: CalendarDay): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

/** Reads YYYY-MM-DD; undefined for anything else and for dates that no calendar has. */
export function parseCalendarDay(text: string): CalendarDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const [year, month, dayOfMonth] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  return calendarDay(year, month, dayOfMonth);
}

/** YYYY-MM-DD. */
export function formatCalendarDay(day: CalendarDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, -'T00:00:00.000Z'.length);
}

/** Reads a wall-clock time, HH:MM, HH:MM:SS or HH:MM:SS.fff, as milliseconds since midnight; finer digits are cut. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds = '0', fraction = ''] = match;
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}
