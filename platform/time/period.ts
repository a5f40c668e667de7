import { type CalendarDay, calendarDay } from './calendar-date.ts';
import type { Instant } from './instant.ts';
import type { PeriodPreset } from './preset.ts';

/** A period as the API takes it: exactly one of range, dates and preset. Instants are epoch milliseconds or RFC 3339 text. */
export interface PeriodInput {
  /** Half-open: from inclusive, to exclusive. */
  readonly range?: { readonly from: string | Instant; readonly to: string | Instant } | null;
  /** YYYY-MM-DD, both dates included; startTime (HH:MM or HH:MM:SS, default 00:00) is the first moment of startDate. */
  readonly dates?: { readonly startDate: string; readonly endDate: string; readonly startTime?: string | null } | null;
  readonly preset?: PeriodPreset | null;
  /** IANA name; default: the company's zone. */
  readonly timeZone?: string | null;
}

/** How a period was asked for: what the period before it goes by. */
export type PeriodForm =
  | { readonly kind: 'range' }
  | {
      readonly kind: 'dates';
      readonly startDay: CalendarDay;
      /** Included. */
      readonly endDay: CalendarDay;
      /** Milliseconds since the midnight of startDay, as asked for: also where that time was skipped. */
      readonly startTimeMs: number;
    }
  | {
      readonly kind: 'preset';
      readonly preset: PeriodPreset;
      /** The moment that decides which day, week, month or year is meant. */
      readonly moment: Instant;
    };

/** A resolved period, [from, to) and never empty. Frozen. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
  /** Canonical IANA name. */
  readonly timeZone: string;
  /** The first whole minute after the moment of the request; buckets that end later are not over yet. */
  readonly now: Instant;
  readonly form: PeriodForm;
}

/** No period begins before this local date. */
export const EARLIEST_DAY = calendarDay(2000, 1, 1);
/** Every period ends before this local date: RFC 3339 has no fifth digit for the year. */
export const END_OF_DAYS = calendarDay(10_000, 1, 1);

export function newPeriod(period: Period): Period {
  Object.freeze(period.form);
  return Object.freeze({ ...period });
}
