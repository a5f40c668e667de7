import { DAY_MS, localDate, startOfLocalDate } from '#platform/time';

/** A part of a stretch of time that lies within one local day. */
export interface PartOfDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly ms: number;
}

interface DayRange {
  readonly day: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The local days of one zone, YYYY-MM-DD: each from the first instant of its date to that of the next date that exists. Where clocks
 * go back over midnight the day that has begun goes on.
 */
export class LocalDays {
  /** The range found last: instants mostly come in the order of time. */
  private last: DayRange = { day: '', from: 0, to: 0 };

  constructor(readonly timeZone: string) {}

  /** The day of an instant. */
  of(instant: number): string {
    return this.rangeOf(instant).day;
  }

  /** The first instant of a day. */
  startOf(day: string): number {
    return startOfLocalDate(day, this.timeZone);
  }

  /** Cuts [from, to) at the edges of days. */
  split(from: number, to: number): PartOfDay[] {
    const parts: PartOfDay[] = [];
    for (let start = from; start < to; ) {
      const range = this.rangeOf(start);
      const end = Math.min(range.to, to);
      parts.push({ day: range.day, ms: end - start });
      start = end;
    }
    return parts;
  }

  /** The days that lie wholly within [from, to); undefined where there are none. */
  within(from: number, to: number): WholeDays | undefined {
    const range = this.rangeOf(from);
    const start = range.from === from ? from : range.to;
    // The day of `to` itself is the first that is not whole.
    const end = this.rangeOf(to);
    return start < end.from ? { first: this.of(start), end: end.day, from: start, to: end.from } : undefined;
  }

  /** Every day that meets [from, to), and the one after them. */
  meeting(from: number, to: number): string[] {
    const days: string[] = [];
    let range = this.rangeOf(from);
    for (; range.from < to; range = this.rangeOf(range.to)) days.push(range.day);
    return [...days, range.day];
  }

  private rangeOf(instant: number): DayRange {
    if (instant >= this.last.from && instant < this.last.to) return this.last;
    let day = localDate(instant, this.timeZone);
    // A date that the zone skipped, and one that clocks went back to, begin and end before.
    for (let next = dayAfter(day); this.startOf(next) <= instant; next = dayAfter(day)) day = next;
    this.last = { day, from: this.startOf(day), to: this.startOf(dayAfter(day)) };
    return this.last;
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

/** How many days of the calendar one day lies after another. */
export function daysBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / DAY_MS;
}

/** Days [first, end) of a zone, and the instants [from, to) that they span. */
export interface WholeDays {
  readonly first: string;
  readonly end: string;
  readonly from: number;
  readonly to: number;
}
