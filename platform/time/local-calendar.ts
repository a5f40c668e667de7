import { type CalendarDay, formatCalendarDay, parseCalendarDay } from './calendar-date.ts';
import { DAY_MS, type Instant } from './instant.ts';
import { offsetAt, offsetChanges } from './zone-offset.ts';

/** A reading of local clocks: a date and the milliseconds since its midnight. */
export interface LocalTime {
  readonly day: CalendarDay;
  readonly timeMs: number;
}

/** The date that local clocks show. */
export function localDayOf(instant: Instant, timeZone: string): CalendarDay {
  return Math.floor((instant + offsetAt(timeZone, instant)) / DAY_MS);
}

/**
 * When local clocks show a time: the first instant where it exists twice. One that is skipped moves forward by the length of
 * the gap, as PostgreSQL, luxon and java.time have it: 02:30 becomes 03:30. Midnight becomes the first instant of its day.
 */
export function instantOf(local: LocalTime, timeZone: string): Instant {
  const clock = local.day * DAY_MS + local.timeMs;
  // No zone is a whole day away from UTC, so that local clocks show less at the start of this window and more at its end.
  let start = clock - DAY_MS;
  let offset = offsetAt(timeZone, start);
  for (const change of offsetChanges(timeZone, start + 1, clock + DAY_MS)) {
    const reached = Math.max(start, clock - offset);
    if (reached < change) return reached;
    const offsetAfter = offsetAt(timeZone, change);
    const isSkipped = clock - offsetAfter < change;
    if (isSkipped) return local.timeMs === 0 ? change : clock - offset;
    start = change;
    offset = offsetAfter;
  }
  return Math.max(start, clock - offset);
}

/** The first instant of a local date: midnight, or the first instant that exists after it. */
export function startOfLocalDay(day: CalendarDay, timeZone: string): Instant {
  return instantOf({ day, timeMs: 0 }, timeZone);
}

/** What local clocks show; the first instant of a day reads as 00:00 also where midnight was skipped. */
export function localTimeOf(instant: Instant, timeZone: string): LocalTime {
  const day = localDayOf(instant, timeZone);
  if (startOfLocalDay(day, timeZone) === instant) return { day, timeMs: 0 };
  return { day, timeMs: instant + offsetAt(timeZone, instant) - day * DAY_MS };
}

/** How many dates of [from, to) exist in a zone; those that it skipped to cross the date line do not count. */
export function countLocalDays(from: CalendarDay, to: CalendarDay, timeZone: string): number {
  return to - from - countSkippedDays(from, to, timeZone);
}

/** The date that lies as many existing local days before another. */
export function localDaysBefore(day: CalendarDay, count: number, timeZone: string): CalendarDay {
  let target = day - count;
  for (;;) {
    const next = day - count - countSkippedDays(target, day, timeZone);
    if (next === target) return target;
    target = next;
  }
}

function countSkippedDays(from: CalendarDay, to: CalendarDay, timeZone: string): number {
  const [start, end] = [startOfLocalDay(from, timeZone), startOfLocalDay(to, timeZone)];
  // Only the date line makes the offset jump by a day, so that hardly any search goes beyond this comparison.
  if (offsetAt(timeZone, end) - offsetAt(timeZone, start - 1) < DAY_MS / 2) return 0;
  if (to - from <= 1) return start === end ? to - from : 0;
  const middle = Math.floor((from + to) / 2);
  return countSkippedDays(from, middle, timeZone) + countSkippedDays(middle, to, timeZone);
}

/** The date that local clocks show, as YYYY-MM-DD. */
export function localDate(instant: Instant, timeZone: string): string {
  return formatCalendarDay(localDayOf(instant, timeZone));
}

/**
 * The first instant of a local date given as YYYY-MM-DD; a date that the zone skipped begins with the next one. Throws a
 * RangeError for a text that is no date.
 */
export function startOfLocalDate(date: string, timeZone: string): Instant {
  const day = parseCalendarDay(date);
  if (day === undefined) throw new RangeError(`not a date: ${date}`);
  return startOfLocalDay(day, timeZone);
}
