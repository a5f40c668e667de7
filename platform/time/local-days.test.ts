import { localDayAround, localDayStarts } from './local-days.ts';
import { at, written } from './time.test-support.ts';
import { offsetAt } from './zone-offset.ts';

const MINUTE = 60_000;

test.each([
  ['America/New_York', '2026-03-08T12:00:00Z', '2026-03-08T00:00:00-05:00', '2026-03-09T00:00:00-04:00'],
  ['Europe/Moscow', '2014-10-26T12:00:00Z', '2014-10-26T00:00:00+04:00', '2014-10-27T00:00:00+03:00'],
  ['Asia/Kathmandu', '2026-03-08T18:15:00Z', '2026-03-09T00:00:00+05:45', '2026-03-10T00:00:00+05:45'],
  // Midnight was skipped.
  ['America/Sao_Paulo', '2017-10-15T12:00:00Z', '2017-10-15T01:00:00-02:00', '2017-10-16T00:00:00-02:00'],
  // Clocks went from 00:01 back to 23:01: what follows belongs to the day that had begun.
  ['America/St_Johns', '2005-10-30T02:45:00Z', '2005-10-30T00:00:00-02:30', '2005-10-31T00:00:00-03:30'],
  // 30 December 2011 was skipped.
  ['Pacific/Apia', '2011-12-30T05:00:00Z', '2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00'],
])('the local day in %s around %s is from %s to %s', (timeZone, instant, from, to) => {
  const day = localDayAround(at(instant), timeZone);
  expect([written(day.from, timeZone), written(day.to, timeZone)]).toEqual([from, to]);
});

test('starts of days follow one another, the end of the last one included', () => {
  const starts = localDayStarts(at('2011-12-29T05:00:00Z'), at('2011-12-31T11:00:00Z'), 'Pacific/Apia');
  expect(starts.map((start) => written(start, 'Pacific/Apia'))).toEqual([
    '2011-12-28T00:00:00-10:00',
    '2011-12-29T00:00:00-10:00',
    '2011-12-31T00:00:00+14:00',
    '2012-01-01T00:00:00+14:00',
    '2012-01-02T00:00:00+14:00',
  ]);
});

test('since 2000 the offsets of every zone are whole quarters of an hour, and so local days begin with one', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  expect(zones.length).toBeGreaterThan(400);
  const moments = [2000, 2004, 2007, 2011, 2016, 2021, 2026].flatMap((year) => [
    Date.UTC(year, 0, 3),
    Date.UTC(year, 6, 3),
  ]);
  const wrong = zones.filter((zone) => moments.some((moment) => offsetAt(zone, moment) % (15 * MINUTE) !== 0));
  expect(wrong).toEqual([]);
});
