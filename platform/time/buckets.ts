import { type BucketLimit, refuseFarTooMany, refuseTooMany } from './bucket-limit.ts';
import { type CalendarUnit, firstDayAfter, firstDayOf } from './calendar-unit.ts';
import { CLOCK_UNIT_MS, type Granularity, isClockUnit } from './granularity.ts';
import type { Instant } from './instant.ts';
import { localDayOf, startOfLocalDay } from './local-calendar.ts';
import type { Period } from './period.ts';
import { offsetAt, offsetChanges } from './zone-offset.ts';

/** The buckets of a series: bucket i is [boundaries[i], boundaries[i + 1]). */
export interface Buckets {
  /** Ascending, one more than there are buckets; the first is the period's from, the last its to. */
  readonly boundaries: readonly Instant[];
  /** One a bucket: cut by the period, or ends after the period's *now*. */
  readonly partial: readonly boolean[];
}

/**
 * Cuts a period into the units of its local clock (up to HOUR) or local calendar (from DAY). Units of the clock begin anew at
 * every change of the zone's offset, so that a repeated hour is two buckets; units of the calendar run from the first instant
 * of a date to the first of a later one, so that days have 23 to 25 hours and skipped days no bucket. Throws LIMIT_EXCEEDED.
 */
export function cutBuckets(period: Period, granularity: Granularity, limits: BucketLimit = {}): Buckets {
  refuseFarTooMany(period, granularity, limits);
  const { from, to, timeZone, now } = period;
  const boundaries = [
    from,
    ...(isClockUnit(granularity)
      ? clockStarts(CLOCK_UNIT_MS[granularity], period)
      : calendarStarts(granularity, period)),
    to,
  ];
  refuseTooMany(boundaries.length - 1, period, granularity, limits);
  const partial = boundaries.slice(1).map((end) => end > now);
  if (!isStart(granularity, from, timeZone)) partial[0] = true;
  if (!isStart(granularity, to, timeZone)) partial[partial.length - 1] = true;
  return { boundaries, partial };
}

/** Starts of clock units that lie within a period and not on its ends. */
function clockStarts(unitMs: number, { from, to, timeZone }: Period): Instant[] {
  const starts: Instant[] = [];
  let stretch = from;
  for (const end of [...offsetChanges(timeZone, from + 1, to), to]) {
    if (stretch > from) starts.push(stretch);
    const offsetMs = offsetAt(timeZone, stretch);
    const first = Math.floor((stretch + offsetMs) / unitMs + 1) * unitMs - offsetMs;
    for (let start = first; start < end; start += unitMs) starts.push(start);
    stretch = end;
  }
  return starts;
}

/** Starts of calendar units that lie within a period and not on its ends. */
function calendarStarts(unit: CalendarUnit, { from, to, timeZone }: Period): Instant[] {
  const starts: Instant[] = [];
  let last = from;
  for (let day = firstDayOf(unit, localDayOf(from, timeZone)); last < to; day = firstDayAfter(unit, day)) {
    const start = startOfLocalDay(day, timeZone);
    // A skipped day begins with the next one and has no bucket of its own.
    if (start > last && start < to) starts.push(start);
    last = Math.max(last, start);
  }
  return starts;
}

function isStart(granularity: Granularity, instant: Instant, timeZone: string): boolean {
  if (!isClockUnit(granularity)) {
    return startOfLocalDay(firstDayOf(granularity, localDayOf(instant, timeZone)), timeZone) === instant;
  }
  const offsetMs = offsetAt(timeZone, instant);
  return (instant + offsetMs) % CLOCK_UNIT_MS[granularity] === 0 || offsetAt(timeZone, instant - 1) !== offsetMs;
}
