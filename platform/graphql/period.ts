import type { Buckets, Period as ResolvedPeriod } from '#platform/time';
import { formatInstant } from '#platform/time';
import { Bucket, Period } from './period.types.ts';

/** The resolved period as clients see it, in its own zone. */
export function toPeriod(period: ResolvedPeriod, asOf: number | null): Period {
  const { from, to, timeZone } = period;
  return Object.assign(new Period(), {
    from: formatInstant(from, timeZone),
    to: formatInstant(to, timeZone),
    timeZone,
    asOf: asOf === null ? null : formatInstant(asOf, timeZone),
  });
}

/** Buckets as clients see them, in the period's zone. */
export function toBuckets({ boundaries, partial }: Buckets, timeZone: string): Bucket[] {
  const edges = boundaries.map((instant) => formatInstant(instant, timeZone));
  return partial.map((isPartial, index) =>
    Object.assign(new Bucket(), { start: edges[index], end: edges[index + 1], partial: isPartial }),
  );
}
