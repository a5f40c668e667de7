import { badInput } from '#platform/errors';
import { type CalendarDay, parseCalendarDay, parseTimeOfDay } from './calendar-date.ts';
import { formatInstant } from './format-instant.ts';
import type { Instant } from './instant.ts';
import { countLocalDays, instantOf, localDayOf, startOfLocalDay } from './local-calendar.ts';
import { parseInstant } from './parse-instant.ts';
import { EARLIEST_DAY, END_OF_DAYS, newPeriod, type Period, type PeriodForm, type PeriodInput } from './period.ts';
import { minuteAfter, PERIOD_PRESETS, type PeriodPreset, presetBounds } from './preset.ts';
import { resolveTimeZone } from './resolve-time-zone.ts';
import { shown } from './shown.ts';

export interface ResolvePeriodOptions {
  /** The company's zone, for inputs that name none. */
  timeZone: string;
  /** The moment of the request, which presets count from. */
  moment: Instant;
  /** Where the input stands among the arguments, for error messages; default ['period']. */
  path?: readonly string[];
}

interface Bounds {
  readonly from: Instant;
  readonly to: Instant;
  readonly form: PeriodForm;
  /** The argument that decides where the period begins, and the one that decides where it ends. */
  readonly fromPath: readonly string[];
  readonly toPath: readonly string[];
}

/** Bound of what is taken for an instant at all: far beyond the periods that are allowed, far within what Date can hold. */
const MAX_INSTANT = 3e14;

const FORMS = ['range', 'dates', 'preset'] as const;

/** Turns a period as asked for into instants (GEN-03, GEN-04, GEN-10). Throws BAD_USER_INPUT with the path of the fault. */
export function resolvePeriod(input: PeriodInput, options: ResolvePeriodOptions): Period {
  const path = options.path ?? ['period'];
  refuseOtherThanOneForm(input, path);
  const timeZone = input.timeZone == null ? options.timeZone : resolveTimeZone(input.timeZone, [...path, 'timeZone']);
  const bounds = resolveBounds(input, timeZone, options.moment, path);
  if (localDayOf(bounds.from, timeZone) < EARLIEST_DAY) {
    const from = formatInstant(bounds.from, timeZone);
    throw badInput(bounds.fromPath, `the period begins at ${from}, before the year 2000; ask for a later one.`);
  }
  if (bounds.to >= startOfLocalDay(END_OF_DAYS, timeZone)) {
    throw badInput(
      bounds.toPath,
      'the end, which does not belong to the period, lies after the year 9999; send an earlier one.',
    );
  }
  const { from, to, form } = bounds;
  return newPeriod({ from, to, timeZone, now: minuteAfter(options.moment), form });
}

function refuseOtherThanOneForm(input: PeriodInput, path: readonly string[]): void {
  const given = FORMS.filter((form) => input[form] != null);
  if (given.length === 1) return;
  const fault =
    given.length === 0 ? 'none of range, dates and preset is given' : `${given.join(' and ')} are given together`;
  throw badInput(path, `${fault}; send exactly one of them, for example {preset: THIS_MONTH}.`);
}

function resolveBounds(input: PeriodInput, timeZone: string, moment: Instant, path: readonly string[]): Bounds {
  if (input.range != null) return rangeBounds(input.range, timeZone, [...path, 'range']);
  if (input.dates != null) return datesBounds(input.dates, timeZone, [...path, 'dates']);
  const presetPath = [...path, 'preset'];
  const preset = knownPreset(input.preset, presetPath);
  const form: PeriodForm = { kind: 'preset', preset, moment };
  return { ...presetBounds(preset, moment, timeZone), form, fromPath: presetPath, toPath: presetPath };
}

function knownPreset(value: unknown, path: readonly string[]): PeriodPreset {
  const preset = PERIOD_PRESETS.find((known) => known === value);
  if (preset === undefined)
    throw badInput(path, `${shown(value)} is not a preset; send one of ${PERIOD_PRESETS.join(', ')}.`);
  return preset;
}

function rangeBounds(range: NonNullable<PeriodInput['range']>, timeZone: string, path: readonly string[]): Bounds {
  const fromPath = [...path, 'from'];
  const toPath = [...path, 'to'];
  const from = readInstant(range.from, fromPath);
  const to = readInstant(range.to, toPath);
  const show = (value: string | Instant) => (typeof value === 'string' ? shown(value) : formatInstant(value, timeZone));
  if (from === to) {
    const fault = `${show(range.to)} is also the beginning, and the end does not belong to the period, so that it is empty`;
    throw badInput(toPath, `${fault}; send a later instant.`);
  }
  if (from > to) {
    throw badInput(fromPath, `${show(range.from)} lies after the end, ${show(range.to)}; send an earlier instant.`);
  }
  return { from, to, form: { kind: 'range' }, fromPath, toPath };
}

function readInstant(value: string | Instant, path: readonly string[]): Instant {
  const instant = typeof value === 'string' ? parseInstant(value) : value;
  if (instant !== undefined && Number.isInteger(instant) && Math.abs(instant) <= MAX_INSTANT) return instant;
  const remedy = 'send an RFC 3339 time with an offset, such as 2026-11-22T10:00:00+03:00';
  throw badInput(path, `${shown(value)} is not an instant; ${remedy}.`);
}

function datesBounds(dates: NonNullable<PeriodInput['dates']>, timeZone: string, path: readonly string[]): Bounds {
  const fromPath = [...path, 'startDate'];
  const toPath = [...path, 'endDate'];
  const timePath = [...path, 'startTime'];
  const startDay = readDay(dates.startDate, fromPath);
  const endDay = readDay(dates.endDate, toPath);
  if (endDay < startDay) {
    const fault = `${dates.endDate} lies before startDate, ${dates.startDate}`;
    throw badInput(toPath, `${fault}; send the same date for a single day, or a later one.`);
  }
  const startTimeMs = readTimeOfDay(dates.startTime ?? '00:00', timePath);
  const from = instantOf({ day: startDay, timeMs: startTimeMs }, timeZone);
  const to = startOfLocalDay(endDay + 1, timeZone);
  if (countLocalDays(startDay, endDay + 1, timeZone) === 0) {
    const fault = `clocks of ${timeZone} skipped ${dates.startDate}, so that the period is empty`;
    throw badInput(fromPath, `${fault}; send a day that exists.`);
  }
  if (from >= to) {
    const fault = `clocks of ${timeZone} skipped ${dates.startTime} on ${dates.startDate} and the rest of that day, so that the period is empty`;
    throw badInput(timePath, `${fault}; send an earlier time.`);
  }
  return { from, to, form: { kind: 'dates', startDay, endDay, startTimeMs }, fromPath, toPath };
}

function readDay(value: string, path: readonly string[]): CalendarDay {
  const day = parseCalendarDay(value);
  if (day === undefined)
    throw badInput(path, `${shown(value)} is not a date of the calendar; send one such as 2026-11-22.`);
  return day;
}

function readTimeOfDay(value: string, path: readonly string[]): number {
  const timeMs = parseTimeOfDay(value);
  if (timeMs === undefined) {
    throw badInput(path, `${shown(value)} is not a time of day; send one from 00:00 to 23:59:59, such as 09:30.`);
  }
  return timeMs;
}
