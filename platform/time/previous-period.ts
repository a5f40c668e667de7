import { badInput } from '#platform/errors';
import { type CalendarDay, calendarDay, calendarFields } from './calendar-date.ts';
import { type CalendarUnit, firstDayBefore, firstDayOf } from './calendar-unit.ts';
import { formatInstant } from './format-instant.ts';
import type { Instant } from './instant.ts';
import {
  countLocalDays,
  instantOf,
  type LocalTime,
  localDayOf,
  localDaysBefore,
  localTimeOf,
  startOfLocalDay,
} from './local-calendar.ts';
import { EARLIEST_DAY, newPeriod, type Period, type PeriodForm } from './period.ts';
import { PRESET_RULES } from './preset.ts';

/** All comparisons, in the order of the public schema. */
export const COMPARISONS = ['PREVIOUS_PERIOD', 'SAME_PERIOD_LAST_WEEK', 'SAME_PERIOD_LAST_YEAR'] as const;

export type Comparison = (typeof COMPARISONS)[number];

type Ends = Pick<Period, 'from' | 'to'>;

/**
 * The earlier period that a period is compared with, in the same zone and with the same *now*. Where clocks skipped or
 * repeated the local times in question, so that nothing would be left between its ends, it keeps its beginning and the length
 * of the period. Throws BAD_USER_INPUT where it would begin before the year 2000.
 */
export function previousPeriod(period: Period, comparison: Comparison = 'PREVIOUS_PERIOD'): Period {
  const { timeZone, now } = period;
  const ends = comparison === 'PREVIOUS_PERIOD' ? precedingEnds(period) : movedEnds(period, comparison);
  if (localDayOf(ends.from, timeZone) < EARLIEST_DAY) {
    const fault = `the period to compare with would begin at ${formatInstant(ends.from, timeZone)}, before the year 2000`;
    throw badInput(['previous', 'by'], `${fault}; ask for a later period or leave previous out.`);
  }
  const to = ends.to > ends.from ? ends.to : ends.from + (period.to - period.from);
  return newPeriod({ from: ends.from, to, timeZone, now, form: { kind: 'range' } });
}

function precedingEnds(period: Period): Ends {
  const { form } = period;
  if (form.kind === 'dates') return precedingDates(form, period.timeZone);
  if (form.kind === 'preset') return precedingPreset(period, form);
  return precedingDuration(period);
}

function precedingDuration({ from, to }: Period): Ends {
  return { from: from - (to - from), to: from };
}

/** As many local days directly before, beginning at the same startTime. */
function precedingDates(form: Extract<PeriodForm, { kind: 'dates' }>, timeZone: string): Ends {
  const count = countLocalDays(form.startDay, form.endDay + 1, timeZone);
  const day = localDaysBefore(form.startDay, count, timeZone);
  return { from: instantOf({ day, timeMs: form.startTimeMs }, timeZone), to: startOfLocalDay(form.startDay, timeZone) };
}

function precedingPreset(period: Period, form: Extract<PeriodForm, { kind: 'preset' }>): Ends {
  const { timeZone } = period;
  const rule = PRESET_RULES[form.preset];
  const today = localDayOf(form.moment, timeZone);
  switch (rule.kind) {
    case 'minutes':
      return precedingDuration(period);
    case 'running':
      return precedingUnit(period, rule.unit, firstDayOf(rule.unit, today));
    case 'whole': {
      const firstDay = firstDayBefore(rule.unit, firstDayOf(rule.unit, today), timeZone);
      const earlier = firstDayBefore(rule.unit, firstDay, timeZone);
      return { from: startOfLocalDay(earlier, timeZone), to: period.from };
    }
    case 'days': {
      const firstDay = localDaysBefore(today, rule.count - 1, timeZone);
      const from = startOfLocalDay(localDaysBefore(firstDay, rule.count, timeZone), timeZone);
      return { from, to: sameTimeOn(localDaysBefore(today, rule.count, timeZone), today, period) };
    }
  }
}

/** The unit before a running one, up to the same day and local time in it, and no further than its end. */
function precedingUnit(period: Period, unit: CalendarUnit, firstDay: CalendarDay): Ends {
  const { timeZone } = period;
  const earlier = firstDayBefore(unit, firstDay, timeZone);
  const from = startOfLocalDay(earlier, timeZone);
  // Days of a year are matched by month and day, because leap years number them differently.
  if (unit !== 'YEAR') return { from, to: sameTimeOn(earlier, firstDay, period) };
  const to = instantOf(yearBefore(localTimeOf(period.to, timeZone), 'end'), timeZone);
  return { from, to: Math.min(to, period.from) };
}

/** Where the period's end lies when `day` is taken for `originalDay`, but never within the period itself. */
function sameTimeOn(day: CalendarDay, originalDay: CalendarDay, period: Period): Instant {
  const end = localTimeOf(period.to, period.timeZone);
  return Math.min(instantOf({ day: day + end.day - originalDay, timeMs: end.timeMs }, period.timeZone), period.from);
}

function movedEnds(period: Period, comparison: Exclude<Comparison, 'PREVIOUS_PERIOD'>): Ends {
  const { form, timeZone } = period;
  const isDates = form.kind === 'dates';
  // Dates are moved as they were asked for, so that a startTime skipped on one day counts on the other.
  const from = isDates ? { day: form.startDay, timeMs: form.startTimeMs } : localTimeOf(period.from, timeZone);
  const to = isDates ? { day: form.endDay + 1, timeMs: 0 } : localTimeOf(period.to, timeZone);
  const move = comparison === 'SAME_PERIOD_LAST_WEEK' ? weekBefore : yearBefore;
  return { from: instantOf(move(from, 'start'), timeZone), to: instantOf(move(to, 'end'), timeZone) };
}

function weekBefore({ day, timeMs }: LocalTime): LocalTime {
  return { day: day - 7, timeMs };
}

/** One year earlier; 29 February becomes 28, but an end at 00:00 on that day becomes 00:00 on 1 March, to keep all of 28. */
function yearBefore({ day, timeMs }: LocalTime, edge: 'start' | 'end'): LocalTime {
  const { year, month, dayOfMonth } = calendarFields(day);
  const isLeapDay = month === 2 && dayOfMonth === 29;
  if (isLeapDay && edge === 'end' && timeMs === 0) return { day: calendarDay(year - 1, 3, 1), timeMs };
  return { day: calendarDay(year - 1, month, isLeapDay ? 28 : dayOfMonth), timeMs };
}
