import { daysBetween, LocalDays } from './local-days.ts';

const at = (text: string) => Date.parse(text);

test('an instant belongs to the day of its zone, and a stretch is cut where days begin, on days of 23 and 25 hours too', () => {
  const berlin = new LocalDays('Europe/Berlin');
  expect(berlin.of(at('2026-03-28T22:59:59.999Z'))).toBe('2026-03-28');
  expect(berlin.of(at('2026-03-28T23:00:00Z'))).toBe('2026-03-29');
  expect(berlin.split(at('2026-03-28T22:00:00Z'), at('2026-03-30T00:00:00Z'))).toEqual([
    { day: '2026-03-28', ms: 3_600_000 },
    { day: '2026-03-29', ms: 23 * 3_600_000 },
    { day: '2026-03-30', ms: 2 * 3_600_000 },
  ]);
  expect(berlin.split(at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z'))).toEqual([
    { day: '2026-10-25', ms: 25 * 3_600_000 },
  ]);
  expect(berlin.split(0, 0)).toEqual([]);
});

test('a day goes on where clocks go back over its beginning, and a date that was skipped has no instants', () => {
  // On 28 October 2018 at 00:00 clocks of Asuncion would have gone back by an hour in March: to 23:00 of the day before.
  const asuncion = new LocalDays('America/Asuncion');
  const change = at('2018-03-25T03:00:00Z');
  expect(asuncion.split(change - 3_600_000, change + 7_200_000)).toEqual([
    { day: '2018-03-24', ms: 2 * 3_600_000 },
    { day: '2018-03-25', ms: 3_600_000 },
  ]);
  // At 00:01 on 28 October 2001 clocks of St. John's went back to 23:01.
  const newfoundland = new LocalDays('America/St_Johns');
  const midnight = at('2001-10-28T02:30:00Z');
  expect(newfoundland.split(midnight - 60_000, midnight + 90 * 60_000)).toEqual([
    { day: '2001-10-27', ms: 60_000 },
    { day: '2001-10-28', ms: 90 * 60_000 },
  ]);
  const apia = new LocalDays('Pacific/Apia');
  expect(apia.meeting(at('2011-12-29T12:00:00Z'), at('2011-12-30T12:00:00Z'))).toEqual([
    '2011-12-29',
    '2011-12-31',
    '2012-01-01',
  ]);
  expect(daysBetween('2011-12-29', '2011-12-31')).toBe(2);
});

test('whole days within a stretch begin and end on edges of days', () => {
  const moscow = new LocalDays('Europe/Moscow');
  const [from, to] = [at('2026-03-09T21:00:00Z'), at('2026-03-11T21:00:00Z')];
  const whole = { first: '2026-03-10', end: '2026-03-12', from, to };
  expect(moscow.within(from, to)).toEqual(whole);
  expect(moscow.within(from - 1, to + 1)).toEqual(whole);
  expect(moscow.within(from + 1, to)).toEqual({ ...whole, first: '2026-03-11', from: from + 86_400_000 });
  expect(moscow.within(from + 1, to - 1)).toBeUndefined();
  expect(moscow.within(from + 1, from + 2)).toBeUndefined();
});
