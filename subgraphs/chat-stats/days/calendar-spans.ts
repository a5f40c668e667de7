import { DAY_MS } from '#platform/time';
import { daysBetween } from './local-days.ts';

/** Spans of the calendar in which days are gathered. Each is named by its first day; days are YYYY-MM-DD. */
export interface CalendarSpans {
  /** The span that a day lies in. */
  of(day: string): string;
  /** The beginning of a span that is nearest to a day, the later of two. */
  nearest(day: string): string;
}

export const MONTHS = spansOf(1);
export const QUARTERS = spansOf(3);

function spansOf(months: number): CalendarSpans {
  const of = (day: string) => {
    const month = Number(day.slice(5, 7)) - 1;
    return `${day.slice(0, 5)}${String(month - (month % months) + 1).padStart(2, '0')}-01`;
  };
  // No month has more than 31 days, and none less than 28.
  const after = (span: string) => of(new Date(Date.parse(span) + months * 31 * DAY_MS).toISOString().slice(0, 10));
  return {
    of,
    nearest(day) {
      const [before, next] = [of(day), after(of(day))];
      return daysBetween(before, day) < daysBetween(day, next) ? before : next;
    },
  };
}
