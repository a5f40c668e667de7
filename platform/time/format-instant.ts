import { type CalendarDay, formatCalendarDay } from './calendar-date.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from './instant.ts';
import { offsetAt } from './zone-offset.ts';

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const offsetTexts = new Map<number, string>();

/** The date written last: neighbours in a series or a list mostly share it. */
let lastDay: CalendarDay = 0;
let lastDayText = formatCalendarDay(lastDay);

/**
 * RFC 3339 with milliseconds and the offset that a zone has at that instant, as a number even where it is none:
 * 2026-11-22T10:00:00.000+03:00. Throws a RangeError for an unknown zone.
 */
export function formatInstant(instant: Instant, timeZone: string): string {
  const offsetMs = offsetAt(timeZone, instant);
  const day = Math.floor((instant + offsetMs) / DAY_MS);
  if (day !== lastDay) {
    lastDayText = formatCalendarDay(day);
    lastDay = day;
  }
  return `${lastDayText}T${timeText(instant + offsetMs - day * DAY_MS)}${offsetText(offsetMs)}`;
}

function timeText(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const milliseconds = timeMs - seconds * 1000;
  const fraction = milliseconds === 0 ? '000' : String(milliseconds).padStart(3, '0');
  return `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}.${fraction}`;
}

function offsetText(offsetMs: number): string {
  let text = offsetTexts.get(offsetMs);
  if (text === undefined) {
    const size = Math.abs(offsetMs);
    const [hours, minutes] = [Math.floor(size / HOUR_MS), Math.floor((size % HOUR_MS) / MINUTE_MS)];
    text = `${offsetMs < 0 ? '-' : '+'}${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}`;
    offsetTexts.set(offsetMs, text);
  }
  return text;
}
