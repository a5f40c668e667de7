import { type CalendarDay, calendarDay, calendarFields, weekdayOf } from './calendar-date.ts';
import type { Instant } from './instant.ts';
import { localDayOf, startOfLocalDay } from './local-calendar.ts';

/** Units of the local calendar. Weeks begin on Monday. */
export type CalendarUnit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const MONTHS = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

/** The first day of the unit that a day belongs to. */
export function firstDayOf(unit: CalendarUnit, day: CalendarDay): CalendarDay {
  if (unit === 'DAY') return day;
  if (unit === 'WEEK') return day - weekdayOf(day);
  const { year, month } = calendarFields(day);
  return calendarDay(year, month - ((month - 1) % MONTHS[unit]), 1);
}

/** The first day of the next unit, given the first day of one. */
export function firstDayAfter(unit: CalendarUnit, firstDay: CalendarDay): CalendarDay {
  if (unit === 'DAY') return firstDay + 1;
  if (unit === 'WEEK') return firstDay + 7;
  const { year, month } = calendarFields(firstDay);
  return calendarDay(year, month + MONTHS[unit], 1);
}

/** The first day of the unit before, given the first day of one; units that the zone skipped are passed over. */
export function firstDayBefore(unit: CalendarUnit, firstDay: CalendarDay, timeZone: string): CalendarDay {
  return firstDayOf(unit, localDayOf(startOfLocalDay(firstDay, timeZone) - 1, timeZone));
}

/** The local day, week, month, quarter or year around an instant, as [from, to). */
export function localUnit(unit: CalendarUnit, instant: Instant, timeZone: string): { from: Instant; to: Instant } {
  const firstDay = firstDayOf(unit, localDayOf(instant, timeZone));
  const afterwards = firstDayAfter(unit, firstDay);
  return { from: startOfLocalDay(firstDay, timeZone), to: startOfLocalDay(afterwards, timeZone) };
}
