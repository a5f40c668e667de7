import fc from 'fast-check';
import { type ServiceError } from '#platform/errors';
import { cutBuckets } from './buckets.ts';
import { formatInstant } from './format-instant.ts';
import type { Granularity } from './granularity.ts';
import type { Instant } from './instant.ts';
import { parseInstant } from './parse-instant.ts';
import type { Period } from './period.ts';
import { resolvePeriod } from './resolve-period.ts';
import { offsetChanges } from './zone-offset.ts';

/** An instant written as RFC 3339. */
export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
}

/** Both ends of a period as clients see them, without the milliseconds that are 0 everywhere here. */
export function ends(period: Pick<Period, 'from' | 'to' | 'timeZone'>): string[] {
  return [period.from, period.to].map((end) => written(end, period.timeZone));
}

export function written(instant: Instant, timeZone: string): string {
  return formatInstant(instant, timeZone).replace('.000', '');
}

/** A period of dates or, where both have a time, of a range, seen from long after it or from a given moment. */
export function periodOf(timeZone: string, from: string, to: string, moment = at('2030-01-01T00:00:00Z')): Period {
  const input = from.includes('T') ? { range: { from, to } } : { dates: { startDate: from, endDate: to } };
  return resolvePeriod(input, { timeZone, moment });
}

/** Every bucket as its start, with a star where it is partial, and the end of the last one. */
export function cut(period: Period, granularity: Granularity): string[] {
  const { boundaries, partial } = cutBuckets(period, granularity);
  return boundaries.map((boundary, index) => written(boundary, period.timeZone) + (partial[index] ? '*' : ''));
}

/** What a refusal tells its client. */
export function refusal(act: () => unknown): Pick<ServiceError, 'code' | 'field' | 'message'> {
  try {
    act();
  } catch (error) {
    const { code, field, message } = error as ServiceError;
    return { code, field, message };
  }
  throw new Error('nothing was refused');
}

/** Zones with every kind of oddity, beside plain ones. */
export const ODD_ZONES = [
  'Europe/Moscow',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Caracas',
  'America/Nuuk',
  'America/Asuncion',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Tehran',
  'Asia/Pyongyang',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Australia/Eucla',
  'Antarctica/Troll',
  'Antarctica/Casey',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'UTC',
];

/** Instants to the millisecond, most of them between 2000 and 2037. */
const anyInstant = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: at('2000-01-20T00:00:00Z'), max: at('2037-12-01T00:00:00Z') }) },
  { weight: 1, arbitrary: fc.integer({ min: at('2037-12-01T00:00:00Z'), max: at('2500-01-01T00:00:00Z') }) },
);

/** A zone and an instant in it, every other one near a change of its offset. */
export const anyZoneAndInstant: fc.Arbitrary<{ timeZone: string; instant: Instant }> = fc
  .record({
    timeZone: fc.constantFrom(...ODD_ZONES),
    instant: anyInstant,
    toChange: fc.boolean(),
    distanceMs: fc.integer({ min: -30 * 3_600_000, max: 30 * 3_600_000 }),
  })
  .map(({ timeZone, instant, toChange, distanceMs }) => {
    const year = 366 * 86_400_000;
    const change = toChange ? offsetChanges(timeZone, instant, instant + year)[0] : undefined;
    return { timeZone, instant: change === undefined ? instant : change + distanceMs };
  });
