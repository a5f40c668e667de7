import fc from 'fast-check';
import { PERIOD_PRESETS } from './preset.ts';
import { resolvePeriod } from './resolve-period.ts';
import { anyZoneAndInstant, at, ends, written } from './time.test-support.ts';

const MOSCOW = { timeZone: 'Europe/Moscow', moment: at('2026-11-25T14:31:20+03:00') };
const NEW_YORK = { ...MOSCOW, timeZone: 'America/New_York' };

const day = (date: string, time = '00:00') => `${date}T${time}:00+03:00`;

test.each([
  ['LAST_15_MINUTES', day('2026-11-25', '14:17'), day('2026-11-25', '14:32')],
  ['LAST_30_MINUTES', day('2026-11-25', '14:02'), day('2026-11-25', '14:32')],
  ['LAST_60_MINUTES', day('2026-11-25', '13:32'), day('2026-11-25', '14:32')],
  ['TODAY', day('2026-11-25'), day('2026-11-25', '14:32')],
  ['YESTERDAY', day('2026-11-24'), day('2026-11-25')],
  ['THIS_WEEK', day('2026-11-23'), day('2026-11-25', '14:32')],
  ['LAST_WEEK', day('2026-11-16'), day('2026-11-23')],
  ['THIS_MONTH', day('2026-11-01'), day('2026-11-25', '14:32')],
  ['LAST_MONTH', day('2026-10-01'), day('2026-11-01')],
  ['LAST_7_DAYS', day('2026-11-19'), day('2026-11-25', '14:32')],
  ['LAST_30_DAYS', day('2026-10-27'), day('2026-11-25', '14:32')],
  ['LAST_90_DAYS', day('2026-08-28'), day('2026-11-25', '14:32')],
  ['THIS_YEAR', day('2026-01-01'), day('2026-11-25', '14:32')],
  ['LAST_YEAR', day('2025-01-01'), day('2026-01-01')],
  ['LAST_365_DAYS', day('2025-11-26'), day('2026-11-25', '14:32')],
] as const)('[GEN-03] %s on a Wednesday at 14:31:20 runs from %s to %s', (preset, from, to) => {
  expect(ends(resolvePeriod({ preset }, MOSCOW))).toEqual([from, to]);
});

// A Thursday, the last day of a year; the week goes on.
test.each([
  ['LAST_15_MINUTES', day('2026-12-31', '23:45'), day('2027-01-01')],
  ['LAST_30_MINUTES', day('2026-12-31', '23:30'), day('2027-01-01')],
  ['LAST_60_MINUTES', day('2026-12-31', '23:00'), day('2027-01-01')],
  ['TODAY', day('2026-12-31'), day('2027-01-01')],
  ['YESTERDAY', day('2026-12-30'), day('2026-12-31')],
  ['THIS_WEEK', day('2026-12-28'), day('2027-01-01')],
  ['LAST_WEEK', day('2026-12-21'), day('2026-12-28')],
  ['THIS_MONTH', day('2026-12-01'), day('2027-01-01')],
  ['LAST_MONTH', day('2026-11-01'), day('2026-12-01')],
  ['LAST_7_DAYS', day('2026-12-25'), day('2027-01-01')],
  ['LAST_30_DAYS', day('2026-12-02'), day('2027-01-01')],
  ['LAST_90_DAYS', day('2026-10-03'), day('2027-01-01')],
  ['THIS_YEAR', day('2026-01-01'), day('2027-01-01')],
  ['LAST_YEAR', day('2025-01-01'), day('2026-01-01')],
  ['LAST_365_DAYS', day('2026-01-01'), day('2027-01-01')],
] as const)('[GEN-03] %s at 23:59:30 on 31 December is still of that day: from %s to %s', (preset, from, to) => {
  const moment = at('2026-12-31T23:59:30+03:00');
  expect(ends(resolvePeriod({ preset }, { ...MOSCOW, moment }))).toEqual([from, to]);
});

test('now is the first whole minute after the moment, of a whole minute the next one', () => {
  const nows = ['14:30:59.999', '14:31:00', '14:31:00.001'].map((time) => {
    const period = resolvePeriod({ preset: 'TODAY' }, { ...MOSCOW, moment: at(`2026-11-25T${time}+03:00`) });
    return [period.now, period.to].map((instant) => written(instant, period.timeZone).slice(11, 16));
  });
  expect(nows).toEqual([
    ['14:31', '14:31'],
    ['14:32', '14:32'],
    ['14:32', '14:32'],
  ]);
});

test.each([
  ['TODAY', '2026-03-08T12:00:00-04:00', '2026-03-08T00:00:00-05:00', '2026-03-08T12:01:00-04:00'],
  ['YESTERDAY', '2026-11-02T00:00:00-05:00', '2026-11-01T00:00:00-04:00', '2026-11-02T00:00:00-05:00'],
  ['THIS_WEEK', '2026-03-08T12:00:00-04:00', '2026-03-02T00:00:00-05:00', '2026-03-08T12:01:00-04:00'],
  ['LAST_MONTH', '2026-12-01T00:00:00-05:00', '2026-11-01T00:00:00-04:00', '2026-12-01T00:00:00-05:00'],
  ['LAST_60_MINUTES', '2026-11-01T01:29:30-05:00', '2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00'],
] as const)('[GEN-10] %s at %s follows the clocks of New York through daylight saving', (preset, moment, from, to) => {
  expect(ends(resolvePeriod({ preset }, { ...NEW_YORK, moment: at(moment) }))).toEqual([from, to]);
});

test('[GEN-10] the zone decides which day it is', () => {
  const moment = at('2026-11-25T22:00:00Z');
  const starts = ['Pacific/Kiritimati', 'Asia/Kathmandu', 'America/New_York'].map(
    (timeZone) => ends(resolvePeriod({ preset: 'TODAY', timeZone }, { ...MOSCOW, moment }))[0],
  );
  expect(starts).toEqual(['2026-11-26T00:00:00+14:00', '2026-11-26T00:00:00+05:45', '2026-11-25T00:00:00-05:00']);
});

test('yesterday and the last days pass over a day that the zone skipped', () => {
  const options = { timeZone: 'Pacific/Apia', moment: at('2011-12-31T10:00:00+14:00') };
  const periods = (['YESTERDAY', 'LAST_7_DAYS'] as const).map((preset) => ends(resolvePeriod({ preset }, options)));
  expect(periods).toEqual([
    ['2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00'],
    ['2011-12-24T00:00:00-10:00', '2011-12-31T10:01:00+14:00'],
  ]);
});

test('no preset is ever empty, and running ones end at now', () => {
  const anyPreset = fc.constantFrom(...PERIOD_PRESETS);
  fc.assert(
    fc.property(anyZoneAndInstant, anyPreset, ({ timeZone, instant }, preset) => {
      fc.pre(instant > at('2002-01-01T00:00:00Z'));
      const period = resolvePeriod({ preset }, { timeZone, moment: instant });
      expect(period.from).toBeLessThan(period.to);
      const isWhole = preset === 'YESTERDAY' || /^LAST_(WEEK|MONTH|YEAR)$/.test(preset);
      expect(isWhole ? period.to <= instant : period.to === period.now).toBe(true);
    }),
    { numRuns: 500 },
  );
});
