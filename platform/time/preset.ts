import { type CalendarUnit, firstDayBefore, firstDayOf } from './calendar-unit.ts';
import { type Instant, MINUTE_MS } from './instant.ts';
import { localDayOf, localDaysBefore, startOfLocalDay } from './local-calendar.ts';

/** All presets, in the order of the public schema. */
export const PERIOD_PRESETS = [
  'LAST_15_MINUTES',
  'LAST_30_MINUTES',
  'LAST_60_MINUTES',
  'TODAY',
  'YESTERDAY',
  'THIS_WEEK',
  'LAST_WEEK',
  'THIS_MONTH',
  'LAST_MONTH',
  'LAST_7_DAYS',
  'LAST_30_DAYS',
  'LAST_90_DAYS',
  'THIS_YEAR',
  'LAST_YEAR',
  'LAST_365_DAYS',
] as const;

export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

/**
 * What a preset means: the last minutes; a unit of the calendar that is still running; the whole unit before it; or today
 * and the whole local days before it, `count` in all.
 */
export type PresetRule =
  | { readonly kind: 'minutes'; readonly count: number }
  | { readonly kind: 'running'; readonly unit: CalendarUnit }
  | { readonly kind: 'whole'; readonly unit: CalendarUnit }
  | { readonly kind: 'days'; readonly count: number };

export const PRESET_RULES: Readonly<Record<PeriodPreset, PresetRule>> = {
  LAST_15_MINUTES: { kind: 'minutes', count: 15 },
  LAST_30_MINUTES: { kind: 'minutes', count: 30 },
  LAST_60_MINUTES: { kind: 'minutes', count: 60 },
  TODAY: { kind: 'running', unit: 'DAY' },
  YESTERDAY: { kind: 'whole', unit: 'DAY' },
  THIS_WEEK: { kind: 'running', unit: 'WEEK' },
  LAST_WEEK: { kind: 'whole', unit: 'WEEK' },
  THIS_MONTH: { kind: 'running', unit: 'MONTH' },
  LAST_MONTH: { kind: 'whole', unit: 'MONTH' },
  LAST_7_DAYS: { kind: 'days', count: 7 },
  LAST_30_DAYS: { kind: 'days', count: 30 },
  LAST_90_DAYS: { kind: 'days', count: 90 },
  THIS_YEAR: { kind: 'running', unit: 'YEAR' },
  LAST_YEAR: { kind: 'whole', unit: 'YEAR' },
  LAST_365_DAYS: { kind: 'days', count: 365 },
};

/** The first whole minute after a moment; a whole minute itself gives the next one. The end of running periods. */
export function minuteAfter(moment: Instant): Instant {
  return (Math.floor(moment / MINUTE_MS) + 1) * MINUTE_MS;
}

/** The instants between which a preset lies at a moment, as [from, to). */
export function presetBounds(preset: PeriodPreset, moment: Instant, timeZone: string): { from: Instant; to: Instant } {
  const rule = PRESET_RULES[preset];
  const now = minuteAfter(moment);
  // The moment itself decides which unit is meant: at 23:59:30 today ends at 24:00 and is not yet tomorrow.
  const today = localDayOf(moment, timeZone);
  switch (rule.kind) {
    case 'minutes':
      return { from: now - rule.count * MINUTE_MS, to: now };
    case 'running':
      return { from: startOfLocalDay(firstDayOf(rule.unit, today), timeZone), to: now };
    case 'whole': {
      const after = firstDayOf(rule.unit, today);
      const from = startOfLocalDay(firstDayBefore(rule.unit, after, timeZone), timeZone);
      return { from, to: startOfLocalDay(after, timeZone) };
    }
    case 'days':
      return { from: startOfLocalDay(localDaysBefore(today, rule.count - 1, timeZone), timeZone), to: now };
  }
}
