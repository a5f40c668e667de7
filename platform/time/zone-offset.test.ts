import fc from 'fast-check';
import { DateTime } from 'luxon';
import { HOUR_MS, MINUTE_MS } from './instant.ts';
import { anyZoneAndInstant, at, written } from './time.test-support.ts';
import { offsetAt, offsetChanges } from './zone-offset.ts';

test.each([
  ['America/New_York', '2026', ['2026-03-08T03:00:00-04:00', '2026-11-01T01:00:00-05:00']],
  ['Europe/Moscow', '2014', ['2014-10-26T01:00:00+03:00']],
  ['Australia/Lord_Howe', '2026', ['2026-04-05T01:30:00+10:30', '2026-10-04T02:30:00+11:00']],
  ['Asia/Kathmandu', '2026', []],
  ['Pacific/Apia', '2011', ['2011-04-02T03:00:00-11:00', '2011-09-24T04:00:00-10:00', '2011-12-31T00:00:00+14:00']],
  ['Africa/Casablanca', '2025', ['2025-02-23T02:00:00+00:00', '2025-04-06T03:00:00+01:00']],
  ['America/St_Johns', '2010', ['2010-03-14T01:01:00-02:30', '2010-11-06T23:01:00-03:30']],
  // Six days and 23 hours apart, the shortest distance of all zones since 2000.
  ['America/Noronha', '2000', ['2000-02-26T23:00:00-02:00', '2000-10-08T01:00:00-01:00', '2000-10-14T23:00:00-02:00']],
  ['Asia/Pyongyang', '2015', ['2015-08-14T23:30:00+08:30']],
])('finds the changes of %s in %s', (timeZone, year, changes) => {
  const found = offsetChanges(timeZone, at(`${year}-01-01T00:00:00Z`), at(`${year}-12-31T23:59:00Z`));
  expect(found.map((change) => written(change, timeZone))).toEqual(changes);
});

test('a change counts at the beginning of the time asked about and not at its end', () => {
  const change = at('2026-03-08T07:00:00Z');
  const found = [
    [change, change + 1],
    [change - 1, change],
    [change + 1, change + HOUR_MS],
    [change, change],
  ].map(([from, to]) => offsetChanges('America/New_York', from as number, to as number));
  expect(found).toEqual([[change], [], [], []]);
});

test('knows the offset to the millisecond on both sides of a change', () => {
  const change = at('2026-04-04T15:00:00Z');
  const around = [change - 1, change].map((instant) => offsetAt('Australia/Lord_Howe', instant) / MINUTE_MS);
  expect(around).toEqual([660, 630]);
});

test('agrees with luxon in any zone at any moment', () => {
  fc.assert(
    fc.property(anyZoneAndInstant, ({ timeZone, instant }) => {
      expect(offsetAt(timeZone, instant) / MINUTE_MS).toBe(DateTime.fromMillis(instant, { zone: timeZone }).offset);
    }),
    { numRuns: 1000 },
  );
});

test('a table that has outgrown its cap begins anew and still answers', () => {
  const winter = at('2026-01-01T00:00:00Z');
  for (let year = 0; year < 5_100; year++) offsetAt('Etc/GMT+12', winter + year * 8 * 24 * HOUR_MS);
  expect(offsetAt('Etc/GMT+12', winter)).toBe(-12 * HOUR_MS);
});
