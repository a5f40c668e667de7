import { calendarDay, daysInMonth } from './calendar-date.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from './instant.ts';

const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const COLON = 58;

/** Where the seconds end: 2026-11-22T10:00:00. */
const SECONDS_END = 19;

/**
 * Reads an RFC 3339 instant with its offset (`Z` or `±hh:mm`), such as 2026-11-22T10:00:00.123+03:00. Digits finer than
 * milliseconds are cut. Undefined for anything else, for dates that no calendar has and for leap seconds. Written out by hand
 * because intake calls it several times a line.
 */
export function parseInstant(text: string): Instant | undefined {
  const date = parseDate(text);
  const time = parseTime(text);
  const fractionEnd = endOfFraction(text);
  const offset = parseOffset(text, fractionEnd);
  const instant = date + time + parseMilliseconds(text, fractionEnd) - offset;
  return Number.isNaN(instant) ? undefined : instant;
}

// Each part below is NaN where it is at fault, and NaN runs through every sum and fails every comparison.

function parseDate(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const dayOfMonth = twoDigits(text, 8);
  const isDate =
    text.charCodeAt(4) === MINUS &&
    text.charCodeAt(7) === MINUS &&
    month >= 1 &&
    month <= 12 &&
    dayOfMonth >= 1 &&
    dayOfMonth <= daysInMonth(year, month);
  return isDate ? calendarDay(year, month, dayOfMonth) * DAY_MS : Number.NaN;
}

function parseTime(text: string): number {
  const separator = text[10];
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = twoDigits(text, 17);
  const isTime =
    (separator === 'T' || separator === 't') &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    hours <= 23 &&
    minutes <= 59 &&
    seconds <= 59;
  return isTime ? hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000 : Number.NaN;
}

/** Index of the first character after the fraction; the end of the seconds where there is none. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(SECONDS_END) !== POINT) return SECONDS_END;
  let end = SECONDS_END + 1;
  while (isDigit(text.charCodeAt(end) - ZERO)) end++;
  return end;
}

function parseMilliseconds(text: string, fractionEnd: number): number {
  if (fractionEnd === SECONDS_END) return 0;
  if (fractionEnd === SECONDS_END + 1) return Number.NaN;
  let milliseconds = 0;
  for (let place = 1; place <= 3; place++) {
    const at = SECONDS_END + place;
    milliseconds = milliseconds * 10 + (at < fractionEnd ? text.charCodeAt(at) - ZERO : 0);
  }
  return milliseconds;
}

function parseOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign !== PLUS && sign !== MINUS) {
    const isUtc = (text[at] === 'Z' || text[at] === 'z') && text.length === at + 1;
    return isUtc ? 0 : Number.NaN;
  }
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  const isOffset = text.charCodeAt(at + 3) === COLON && text.length === at + 6 && hours <= 23 && minutes <= 59;
  const size = isOffset ? hours * HOUR_MS + minutes * MINUTE_MS : Number.NaN;
  return sign === PLUS ? size : -size;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return isDigit(tens) && isDigit(ones) ? tens * 10 + ones : Number.NaN;
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9;
}
