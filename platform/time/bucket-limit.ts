import { ServiceError } from '#platform/errors';
import { GRANULARITIES, type Granularity, MAX_SPAN_DAYS, MEAN_WIDTH_MS } from './granularity.ts';
import { DAY_MS } from './instant.ts';
import type { Period } from './period.ts';
import { offsetAt } from './zone-offset.ts';

/** Buckets that a series may have at most; with several lines fewer, which its caller works out. */
export const MAX_BUCKETS = 20_000;

export interface BucketLimit {
  /** Most buckets allowed; default MAX_BUCKETS. */
  limit?: number;
  /** The argument to blame in errors; default ['granularity']. */
  path?: readonly string[];
}

/**
 * Refuses, before anything is built, a granularity that spans fewer days than the period or makes far more buckets than
 * allowed. Throws LIMIT_EXCEEDED.
 */
export function refuseFarTooMany(period: Period, granularity: Granularity, limits: BucketLimit): void {
  const { limit = MAX_BUCKETS, path = ['granularity'] } = limits;
  const count = estimate(period, granularity);
  if (!isWithinSpan(period, granularity)) {
    const rule = `${granularity} spans at most ${MAX_SPAN_DAYS[granularity]} days`;
    const fault = `${rule}, and this period would have about ${figure(count)} buckets`;
    throw limitExceeded(path, fault, period, granularity, limit);
  }
  // What is cheap to build is built and counted exactly; twice the limit by estimate is certain to be over it.
  if (count > 2 * Math.max(limit, MAX_BUCKETS))
    throw limitExceeded(path, tooMany(granularity, `about ${figure(count)}`, limit), period, granularity, limit);
}

/** Refuses more buckets than allowed, once they are counted. Throws LIMIT_EXCEEDED. */
export function refuseTooMany(count: number, period: Period, granularity: Granularity, limits: BucketLimit): void {
  const { limit = MAX_BUCKETS, path = ['granularity'] } = limits;
  if (count > limit) throw limitExceeded(path, tooMany(granularity, figure(count), limit), period, granularity, limit);
}

function tooMany(granularity: Granularity, count: string, limit: number): string {
  return `${granularity} cuts this period into ${count} buckets, and at most ${figure(limit)} fit`;
}

function limitExceeded(
  path: readonly string[],
  fault: string,
  period: Period,
  granularity: Granularity,
  limit: number,
): ServiceError {
  const fitting = GRANULARITIES.slice(GRANULARITIES.indexOf(granularity) + 1).find(
    (coarser) => isWithinSpan(period, coarser) && estimate(period, coarser) + 2 <= limit,
  );
  const remedy = fitting === undefined ? 'ask for a shorter period' : `ask for ${fitting} or for a shorter period`;
  return new ServiceError('LIMIT_EXCEEDED', `${path.join('.')}: ${fault}; ${remedy}.`, { field: path });
}

function estimate(period: Period, granularity: Granularity): number {
  return Math.ceil((period.to - period.from) / MEAN_WIDTH_MS[granularity]);
}

/** Days are counted by the clock or by the local calendar, whichever is kinder: three local days may last 73 hours. */
function isWithinSpan({ from, to, timeZone }: Period, granularity: Granularity): boolean {
  const maxDays = MAX_SPAN_DAYS[granularity];
  if (maxDays === undefined) return true;
  const localMs = to + offsetAt(timeZone, to) - (from + offsetAt(timeZone, from));
  return Math.min(to - from, localMs) <= maxDays * DAY_MS;
}

function figure(count: number): string {
  return count.toLocaleString('en');
}
