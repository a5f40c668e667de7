import { type CalendarUnit, localDate, localUnit, startOfLocalDate } from '#platform/time';
import type { ScheduleFrequency } from './schedule-fields.ts';

const UNITS: Readonly<Record<ScheduleFrequency, CalendarUnit>> = { DAILY: 'DAY', WEEKLY: 'WEEK', MONTHLY: 'MONTH' };
const HOUR_MS = 3_600_000;

/** The run that follows an instant: its first local day, on which the period that is running now is over. */
export function nextDayAfter(frequency: ScheduleFrequency, instant: number, timeZone: string): string {
  return localDate(localUnit(UNITS[frequency], instant, timeZone).to, timeZone);
}

/** The whole unit that ends where the day of a run begins. */
export function periodOfRun(frequency: ScheduleFrequency, day: string, timeZone: string) {
  const to = startOfLocalDate(day, timeZone);
  return { from: localUnit(UNITS[frequency], to - 1, timeZone).from, to, timeZone };
}

/** When a run is due: so many hours after the local end of its period. */
export function dueAt(day: string, timeZone: string, delayHours: number): number {
  return startOfLocalDate(day, timeZone) + delayHours * HOUR_MS;
}

/** The day of the run after one. */
export function dayOfNextRun(frequency: ScheduleFrequency, day: string, timeZone: string): string {
  return nextDayAfter(frequency, startOfLocalDate(day, timeZone), timeZone);
}
