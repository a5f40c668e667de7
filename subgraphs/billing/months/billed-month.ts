import { localDate, startOfLocalDate } from '#platform/time';

/** A calendar month of a company. */
export interface Month {
  /** Its first day, YYYY-MM-01: what it is called by. */
  readonly start: string;
  /** Its last day, YYYY-MM-DD. */
  readonly end: string;
  /** [from, to) in the company's zone, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

const HOUR_MS = 3_600_000;

/** The month of a date, YYYY-MM-DD, in a zone. */
export function monthOf(date: string, timeZone: string): Month {
  const start = `${date.slice(0, 7)}-01`;
  const next = shifted(start, 1);
  return {
    start,
    end: new Date(Date.parse(next) - 24 * HOUR_MS).toISOString().slice(0, 10),
    from: startOfLocalDate(start, timeZone),
    to: startOfLocalDate(next, timeZone),
  };
}

/** The month before. */
export function monthBefore({ start }: Month, timeZone: string): Month {
  return monthOf(shifted(start, -1), timeZone);
}

/** The month that a moment (epoch milliseconds) lies in. */
export function monthAt(moment: number, timeZone: string): Month {
  return monthOf(localDate(moment, timeZone), timeZone);
}

/** From when on a month may be closed by itself: what came in until then is in it. */
export function closesAt({ to }: Month, closeDelayHours: number): number {
  return to + closeDelayHours * HOUR_MS;
}

function shifted(start: string, months: number): string {
  const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}
