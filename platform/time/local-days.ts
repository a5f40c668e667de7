import type { Instant } from './instant.ts';
import { localDayOf, startOfLocalDay } from './local-calendar.ts';

/** The version of the rules of time zones that this process goes by. */
export const TIME_ZONE_RULES = process.versions.tz ?? 'unknown';

/**
 * The local day around an instant, as [from, to). Days follow one another without gaps: where clocks go back over midnight the
 * day that has begun goes on, and a date that was skipped has no day.
 */
export function localDayAround(instant: Instant, timeZone: string): { from: Instant; to: Instant } {
  let day = localDayOf(instant, timeZone);
  let from = startOfLocalDay(day, timeZone);
  let to = startOfLocalDay(day + 1, timeZone);
  while (to <= instant) {
    day++;
    from = to;
    to = startOfLocalDay(day + 1, timeZone);
  }
  return { from, to };
}

/** The starts of the local days that hold an instant of [first, last], ascending, and the end of the last one. */
export function localDayStarts(first: Instant, last: Instant, timeZone: string): Instant[] {
  let { from, to } = localDayAround(first, timeZone);
  const starts = [from];
  while (to <= last) {
    starts.push(to);
    ({ from, to } = localDayAround(to, timeZone));
  }
  return [...starts, to];
}
