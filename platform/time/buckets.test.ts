import fc from 'fast-check';
import { cutBuckets } from './buckets.ts';
import { GRANULARITIES } from './granularity.ts';
import { HOUR_MS, MINUTE_MS } from './instant.ts';
import { resolvePeriod } from './resolve-period.ts';
import { anyZoneAndInstant, at, periodOf } from './time.test-support.ts';

test('buckets that end after now are partial, those of the future too', () => {
  const period = periodOf('UTC', '2026-11-22', '2026-11-22', at('2026-11-22T21:30:20Z'));
  expect(cutBuckets(period, 'HOUR').partial).toEqual([...Array(21).fill(false), true, true, true]);
});

test('a bucket that ends with now is over', () => {
  const period = periodOf('UTC', '2026-11-22', '2026-11-22', at('2026-11-22T21:59:20Z'));
  expect(cutBuckets(period, 'HOUR').partial).toEqual([...Array(22).fill(false), true, true]);
});

test('the running unit of a preset is cut by its end', () => {
  const options = { timeZone: 'Europe/Moscow', moment: at('2026-11-25T14:31:20+03:00') };
  const { partial } = cutBuckets(resolvePeriod({ preset: 'LAST_7_DAYS' }, options), 'DAY');
  expect(partial).toEqual([false, false, false, false, false, false, true]);
});

test('[GEN-10] buckets tile the period, each with a length, and only its ends are cut', () => {
  const anyCut = fc.record({
    granularity: fc.constantFrom(...GRANULARITIES),
    lengthMs: fc.integer({ min: 1, max: 48 * HOUR_MS }),
    factor: fc.constantFrom(1, 30),
  });
  fc.assert(
    fc.property(anyZoneAndInstant, anyCut, ({ timeZone, instant }, { granularity, lengthMs, factor }) => {
      const isFine = granularity === 'MINUTE' || granularity === 'FIVE_MINUTES';
      const range = { from: instant, to: instant + (isFine ? lengthMs : lengthMs * factor) };
      const period = resolvePeriod({ range }, { timeZone, moment: at('2600-01-01T00:00:00Z') });
      const { boundaries, partial } = cutBuckets(period, granularity);
      expect([boundaries[0], boundaries.at(-1)]).toEqual([range.from, range.to]);
      expect(partial).toHaveLength(boundaries.length - 1);
      expect(boundaries.every((start, index) => index === 0 || start > (boundaries[index - 1] as number))).toBe(true);
      expect(partial.slice(1, -1)).not.toContain(true);
      expect(boundaries.slice(1, -1).every((start) => start % MINUTE_MS === 0)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
