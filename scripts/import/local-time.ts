import { offsetAt } from '#platform/time';

const DAY_MS = 86_400_000;
const FORM = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/**
 * When clocks of a zone show a time such as `2026-03-10 09:30:00`, epoch milliseconds, in order: two where the time is repeated,
 * else one; a skipped one moves forward by the length of the gap. Undefined where the text is no such time.
 */
export function instantsOf(text: string, timeZone: string): number[] | undefined {
  const [, date, time] = FORM.exec(text) ?? [];
  const clock = Date.parse(`${date}T${time}Z`);
  // Date.parse takes 30 February for a day of March.
  if (Number.isNaN(clock) || new Date(clock).toISOString().slice(0, 10) !== date) return undefined;
  const [before, after] = [offsetAt(timeZone, clock - DAY_MS), offsetAt(timeZone, clock + DAY_MS)];
  const shown = [...new Set([clock - before, clock - after])].filter((instant) => {
    return instant + offsetAt(timeZone, instant) === clock;
  });
  return shown.length > 0 ? shown.sort((a, b) => a - b) : [clock - before];
}
