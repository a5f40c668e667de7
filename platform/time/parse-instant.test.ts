import fc from 'fast-check';
import { DateTime, FixedOffsetZone } from 'luxon';
import { formatInstant } from './format-instant.ts';
import { parseInstant } from './parse-instant.ts';
import { anyZoneAndInstant, at } from './time.test-support.ts';

test.each([
  ['2026-11-22T10:00:00Z', Date.UTC(2026, 10, 22, 10)],
  ['2026-11-22t10:00:00z', Date.UTC(2026, 10, 22, 10)],
  ['2026-11-22T10:00:00+03:00', Date.UTC(2026, 10, 22, 7)],
  ['2026-11-22T10:00:00-03:30', Date.UTC(2026, 10, 22, 13, 30)],
  ['2026-11-22T10:00:00-00:00', Date.UTC(2026, 10, 22, 10)],
  ['2026-11-22T00:00:00+23:59', Date.UTC(2026, 10, 21, 0, 1)],
  ['2024-02-29T23:59:59.5Z', Date.UTC(2024, 1, 29, 23, 59, 59, 500)],
  ['2000-02-29T00:00:00.07Z', Date.UTC(2000, 1, 29, 0, 0, 0, 70)],
  ['2026-11-22T10:00:00.1239999999999999999Z', Date.UTC(2026, 10, 22, 10, 0, 0, 123)],
  ['1969-12-31T23:59:59.9999Z', -1],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ['0099-12-31T00:00:00Z', -59_011_545_600_000],
])('reads %s, and cuts what is finer than a millisecond', (text, instant) => {
  expect(parseInstant(text)).toBe(instant);
});

test.each([
  '',
  '2026-11-22',
  '2026-11-22T10:00Z',
  '2026-11-22T10:00:00',
  '2026-11-22 10:00:00Z',
  '2026-11-22T10:00:00 Z',
  ' 2026-11-22T10:00:00Z',
  '2026-11-22T10:00:00Z ',
  '2026-11-22T10:00:00Z\n',
  '2026-11-22T10:00:00.Z',
  '2026-11-22T10:00:00,5Z',
  '2026-11-22T10:00:00.5',
  '2026-11-22T10:00:00+3',
  '2026-11-22T10:00:00+03',
  '2026-11-22T10:00:00+0300',
  '2026-11-22T10:00:00+03:60',
  '2026-11-22T10:00:00+24:00',
  '2026-11-22T10:00:00+03:00Z',
  '2026-11-22T10:00:00\u221203:00',
  '2026-11-22T24:00:00Z',
  '2026-11-22T10:60:00Z',
  '2016-12-31T23:59:60Z',
  '2026-02-29T10:00:00Z',
  '2100-02-29T10:00:00Z',
  '2026-02-30T10:00:00Z',
  '2026-04-31T10:00:00Z',
  '2026-00-10T10:00:00Z',
  '2026-13-10T10:00:00Z',
  '2026-01-00T10:00:00Z',
  '+002026-11-22T10:00:00Z',
  '-2026-11-22T10:00:00Z',
  '2026-11-2xT10:00:00Z',
  '٢٠٢٦-11-22T10:00:00Z',
  '20261122T100000Z',
  '1763798400000',
])('takes %j for no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('agrees with luxon on every valid instant', () => {
  const anyMoment = fc.record({
    instant: fc.integer({ min: at('0001-01-02T00:00:00Z'), max: at('9999-12-30T00:00:00Z') }),
    offsetMinutes: fc.integer({ min: -1439, max: 1439 }),
    finerDigits: fc.stringMatching(/^\d{0,12}$/),
  });
  fc.assert(
    fc.property(anyMoment, ({ instant, offsetMinutes, finerDigits }) => {
      const text = DateTime.fromMillis(instant, { zone: FixedOffsetZone.instance(offsetMinutes) }).toISO({
        includeOffset: true,
      }) as string;
      const finer = text.replace(/(\.\d{3})/, `$1${finerDigits}`);
      expect([parseInstant(text), parseInstant(finer)]).toEqual([DateTime.fromISO(text).toMillis(), instant]);
    }),
  );
});

test('never takes for an instant what a careful pattern and Date refuse', () => {
  const nearly = fc
    .tuple(
      fc.constantFrom('2026-11-22T10:00:00.123+03:00', '2024-02-29T23:59:59Z'),
      fc.nat(28),
      fc.string({ maxLength: 2 }),
    )
    .map(([text, index, change]) => text.slice(0, index) + change + text.slice(index + 1));
  const pattern = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
  fc.assert(
    fc.property(nearly, (text) => {
      const isDate = DateTime.fromISO(text.slice(0, 10)).isValid;
      expect(parseInstant(text) !== undefined).toBe(pattern.test(text) && isDate);
    }),
    { numRuns: 1000 },
  );
});

test('[GEN-10] what is printed in any zone reads as the same instant', () => {
  fc.assert(
    fc.property(anyZoneAndInstant, ({ timeZone, instant }) => {
      expect(parseInstant(formatInstant(instant, timeZone))).toBe(instant);
    }),
    { numRuns: 500 },
  );
});
