import { resolvePeriod } from './resolve-period.ts';
import { at, ends } from './time.test-support.ts';

const MOSCOW = { timeZone: 'Europe/Moscow', moment: at('2026-11-25T14:31:20+03:00') };
const NEW_YORK = { ...MOSCOW, timeZone: 'America/New_York' };

describe('dates', () => {
  test.each([
    [
      'a single day',
      { startDate: '2026-11-22', endDate: '2026-11-22' },
      '2026-11-22T00:00:00-05:00',
      '2026-11-23T00:00:00-05:00',
    ],
    [
      'a day of 23 hours',
      { startDate: '2026-03-08', endDate: '2026-03-08' },
      '2026-03-08T00:00:00-05:00',
      '2026-03-09T00:00:00-04:00',
    ],
    [
      'a day of 25 hours',
      { startDate: '2026-11-01', endDate: '2026-11-01' },
      '2026-11-01T00:00:00-04:00',
      '2026-11-02T00:00:00-05:00',
    ],
    [
      'a leap day',
      { startDate: '2024-02-29', endDate: '2024-02-29' },
      '2024-02-29T00:00:00-05:00',
      '2024-03-01T00:00:00-05:00',
    ],
    [
      'the edge of a year',
      { startDate: '2025-12-31', endDate: '2026-01-01' },
      '2025-12-31T00:00:00-05:00',
      '2026-01-02T00:00:00-05:00',
    ],
  ])('[GEN-03] %s: both dates belong to the period whole', (_, dates, from, to) => {
    expect(ends(resolvePeriod({ dates }, NEW_YORK))).toEqual([from, to]);
  });

  test.each([
    ['09:30', '2026-11-20', '2026-11-20T09:30:00-05:00'],
    ['09:30:15', '2026-11-20', '2026-11-20T09:30:15-05:00'],
    ['02:30', '2026-03-08', '2026-03-08T03:30:00-04:00'],
    ['01:30', '2026-11-01', '2026-11-01T01:30:00-04:00'],
    [null, '2026-11-20', '2026-11-20T00:00:00-05:00'],
  ])('[GEN-04] startTime %s on %s is the first instant of the period', (startTime, startDate, from) => {
    const period = resolvePeriod({ dates: { startDate, endDate: '2026-11-22', startTime } }, NEW_YORK);
    expect(ends(period)).toEqual([from, '2026-11-23T00:00:00-05:00']);
  });

  test('the year 2000 begins at its local midnight, also east of Greenwich', () => {
    const period = resolvePeriod({ dates: { startDate: '2000-01-01', endDate: '2000-01-01' } }, MOSCOW);
    expect(ends(period)).toEqual(['2000-01-01T00:00:00+03:00', '2000-01-02T00:00:00+03:00']);
  });
});

describe('ranges', () => {
  const from = '2026-11-22T10:00:00+03:00';
  const to = '2026-11-22T12:00:00.5+03:00';

  test('[GEN-04] a range is taken to the millisecond, as text or as instants', () => {
    const [asText, asInstants] = [
      { from, to },
      { from: at(from), to: at(to) },
    ].map((range) => resolvePeriod({ range }, MOSCOW));
    expect(asText).toEqual(asInstants);
    expect(asText).toEqual({
      from: at(from),
      to: at(to),
      timeZone: 'Europe/Moscow',
      now: at('2026-11-25T14:32:00+03:00'),
      form: { kind: 'range' },
    });
  });

  test('a period cannot be changed', () => {
    const period = resolvePeriod({ range: { from, to } }, MOSCOW);
    expect([Object.isFrozen(period), Object.isFrozen(period.form)]).toEqual([true, true]);
  });

  test("[GEN-10] the period's own zone goes before the company's, in its own case", () => {
    expect(resolvePeriod({ range: { from, to }, timeZone: 'asia/kolkata' }, MOSCOW).timeZone).toBe('Asia/Kolkata');
    expect(resolvePeriod({ range: { from, to }, timeZone: null }, MOSCOW).timeZone).toBe('Europe/Moscow');
  });

  test('the last instant of the year 9999 can still be asked for', () => {
    const period = resolvePeriod({ range: { from, to: '9999-12-31T20:59:59.999Z' } }, MOSCOW);
    expect(ends(period)[1]).toBe('9999-12-31T23:59:59.999+03:00');
  });
});
