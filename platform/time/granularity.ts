import type { CalendarUnit } from './calendar-unit.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './instant.ts';

/** All granularities from fine to coarse, in the order of the public schema. */
export const GRANULARITIES = [
  'MINUTE',
  'FIVE_MINUTES',
  'QUARTER_HOUR',
  'HOUR',
  'DAY',
  'WEEK',
  'MONTH',
  'QUARTER',
  'YEAR',
] as const;

export type Granularity = (typeof GRANULARITIES)[number];

/** Widths of the granularities that are units of the local clock, in milliseconds; the others are units of the calendar. */
export const CLOCK_UNIT_MS = {
  MINUTE: MINUTE_MS,
  FIVE_MINUTES: 5 * MINUTE_MS,
  QUARTER_HOUR: 15 * MINUTE_MS,
  HOUR: HOUR_MS,
} as const;

export type ClockUnit = keyof typeof CLOCK_UNIT_MS;

export function isClockUnit(granularity: Granularity): granularity is ClockUnit {
  return granularity in CLOCK_UNIT_MS;
}

/** Mean widths in milliseconds over the 400 years after which the calendar repeats; exact for units of the clock. */
export const MEAN_WIDTH_MS: Readonly<Record<ClockUnit | CalendarUnit, number>> = {
  ...CLOCK_UNIT_MS,
  DAY: DAY_MS,
  WEEK: 7 * DAY_MS,
  MONTH: (365.2425 / 12) * DAY_MS,
  QUARTER: (365.2425 / 4) * DAY_MS,
  YEAR: 365.2425 * DAY_MS,
};

/** The most days that a period may span in these granularities, because they are answered from raw events. */
export const MAX_SPAN_DAYS: Readonly<Partial<Record<Granularity, number>>> = { MINUTE: 3, FIVE_MINUTES: 14 };
