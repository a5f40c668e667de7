import fc from 'fast-check';
import { DateTime } from 'luxon';
import { formatInstant } from './format-instant.ts';
import { anyZoneAndInstant, at } from './time.test-support.ts';

test.each([
  ['2026-11-22T07:00:00Z', 'Europe/Moscow', '2026-11-22T10:00:00.000+03:00'],
  ['2026-11-22T07:00:00.007Z', 'UTC', '2026-11-22T07:00:00.007+00:00'],
  ['2026-11-22T23:00:00Z', 'Asia/Kathmandu', '2026-11-23T04:45:00.000+05:45'],
  ['2026-11-22T00:00:00Z', 'America/St_Johns', '2026-11-21T20:30:00.000-03:30'],
  ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01T01:30:00.000-04:00'],
  ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01T01:30:00.000-05:00'],
  ['2026-04-04T15:00:00Z', 'Australia/Lord_Howe', '2026-04-05T01:30:00.000+10:30'],
  ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31T23:59:59.999+00:00'],
  ['0099-12-31T23:59:59.999Z', 'UTC', '0099-12-31T23:59:59.999+00:00'],
])('[GEN-10] prints %s in %s with milliseconds and the offset of that moment', (instant, timeZone, text) => {
  expect(formatInstant(at(instant), timeZone)).toBe(text);
});

test('agrees with luxon in any zone at any moment, changes of the offset included', () => {
  fc.assert(
    fc.property(anyZoneAndInstant, ({ timeZone, instant }) => {
      const expected = DateTime.fromMillis(instant, { zone: timeZone }).toISO({
        includeOffset: true,
        suppressMilliseconds: false,
      });
      expect(formatInstant(instant, timeZone).replace('+00:00', 'Z')).toBe(expected?.replace('+00:00', 'Z'));
    }),
    { numRuns: 1000 },
  );
});

test('an unknown zone is the fault of the program and thrown as such', () => {
  expect(() => formatInstant(0, 'Europe/Moskau')).toThrow(new RangeError('unknown time zone: Europe/Moskau'));
});

test('what is no instant is the fault of the program and thrown as such', () => {
  expect(() => formatInstant(Number.NaN, 'UTC')).toThrow(RangeError);
});
