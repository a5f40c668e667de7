import type { PeriodPreset } from './preset.ts';
import { previousPeriod } from './previous-period.ts';
import { resolvePeriod } from './resolve-period.ts';
import { at, ends } from './time.test-support.ts';

/** The period before that of a preset, at a moment. */
function earlier(preset: PeriodPreset, timeZone: string, moment: string): string[] {
  return ends(previousPeriod(resolvePeriod({ preset }, { timeZone, moment: at(moment) })));
}

const day = (date: string, time = '00:00') => `${date}T${time}:00+03:00`;

test.each<[PeriodPreset, string, string, string]>([
  ['LAST_15_MINUTES', '2026-11-25T14:31:20', day('2026-11-25', '14:02'), day('2026-11-25', '14:17')],
  ['LAST_30_MINUTES', '2026-11-25T14:31:20', day('2026-11-25', '13:32'), day('2026-11-25', '14:02')],
  ['LAST_60_MINUTES', '2026-11-25T00:31:20', day('2026-11-24', '22:32'), day('2026-11-24', '23:32')],
  ['TODAY', '2026-11-25T14:31:20', day('2026-11-24'), day('2026-11-24', '14:32')],
  ['TODAY', '2026-11-25T23:59:30', day('2026-11-24'), day('2026-11-25')],
  ['YESTERDAY', '2026-11-25T14:31:20', day('2026-11-23'), day('2026-11-24')],
  ['THIS_WEEK', '2026-11-25T14:31:20', day('2026-11-16'), day('2026-11-18', '14:32')],
  ['THIS_WEEK', '2026-11-29T23:59:30', day('2026-11-16'), day('2026-11-23')],
  ['LAST_WEEK', '2026-11-25T14:31:20', day('2026-11-09'), day('2026-11-16')],
  ['THIS_MONTH', '2026-11-25T14:31:20', day('2026-10-01'), day('2026-10-25', '14:32')],
  ['THIS_MONTH', '2026-11-30T23:59:30', day('2026-10-01'), day('2026-10-31')],
  ['THIS_MONTH', '2026-01-31T14:31:20', day('2025-12-01'), day('2025-12-31', '14:32')],
  ['THIS_MONTH', '2026-03-28T14:31:20', day('2026-02-01'), day('2026-02-28', '14:32')],
  ['THIS_MONTH', '2026-03-28T23:59:30', day('2026-02-01'), day('2026-03-01')],
  ['THIS_MONTH', '2026-03-29T00:00:00', day('2026-02-01'), day('2026-03-01')],
  ['THIS_MONTH', '2024-03-29T14:31:20', day('2024-02-01'), day('2024-02-29', '14:32')],
  ['THIS_MONTH', '2026-03-31T14:31:20', day('2026-02-01'), day('2026-03-01')],
  ['LAST_MONTH', '2026-03-31T14:31:20', day('2026-01-01'), day('2026-02-01')],
  ['LAST_MONTH', '2026-01-31T14:31:20', day('2025-11-01'), day('2025-12-01')],
  ['LAST_7_DAYS', '2026-11-25T14:31:20', day('2026-11-12'), day('2026-11-18', '14:32')],
  ['LAST_7_DAYS', '2026-11-25T23:59:30', day('2026-11-12'), day('2026-11-19')],
  ['LAST_30_DAYS', '2026-11-25T14:31:20', day('2026-09-27'), day('2026-10-26', '14:32')],
  ['LAST_90_DAYS', '2026-11-25T14:31:20', day('2026-05-30'), day('2026-08-27', '14:32')],
  ['THIS_YEAR', '2026-11-25T14:31:20', day('2025-01-01'), day('2025-11-25', '14:32')],
  ['THIS_YEAR', '2024-11-25T14:31:20', day('2023-01-01'), day('2023-11-25', '14:32')],
  ['THIS_YEAR', '2024-02-29T14:31:20', day('2023-01-01'), day('2023-02-28', '14:32')],
  ['THIS_YEAR', '2024-02-28T23:59:30', day('2023-01-01'), day('2023-03-01')],
  ['THIS_YEAR', '2024-02-29T23:59:30', day('2023-01-01'), day('2023-03-01')],
  ['THIS_YEAR', '2024-12-31T23:59:30', day('2023-01-01'), day('2024-01-01')],
  ['LAST_YEAR', '2026-11-25T14:31:20', day('2024-01-01'), day('2025-01-01')],
  ['LAST_365_DAYS', '2026-11-25T14:31:20', day('2024-11-26'), day('2025-11-25', '14:32')],
])('PREVIOUS_PERIOD of %s at %s runs from %s to %s', (preset, moment, from, to) => {
  expect(earlier(preset, 'Europe/Moscow', `${moment}+03:00`)).toEqual([from, to]);
});

test.each<[string, PeriodPreset, string, string, string]>([
  [
    'after the day of 23 hours',
    'TODAY',
    '2026-03-09T12:29:30-04:00',
    '2026-03-08T00:00:00-05:00',
    '2026-03-08T12:30:00-04:00',
  ],
  [
    'on the day of 23 hours',
    'TODAY',
    '2026-03-08T12:29:30-04:00',
    '2026-03-07T00:00:00-05:00',
    '2026-03-07T12:30:00-05:00',
  ],
  [
    'at a time skipped the day before',
    'TODAY',
    '2026-03-09T02:29:30-04:00',
    '2026-03-08T00:00:00-05:00',
    '2026-03-08T03:30:00-04:00',
  ],
  [
    'at a time repeated the day before',
    'TODAY',
    '2026-11-02T01:29:30-05:00',
    '2026-11-01T00:00:00-04:00',
    '2026-11-01T01:30:00-04:00',
  ],
  [
    'at the end of the day of 25 hours',
    'TODAY',
    '2026-11-01T23:59:30-05:00',
    '2026-10-31T00:00:00-04:00',
    '2026-11-01T00:00:00-04:00',
  ],
  [
    'in another offset than last month',
    'THIS_MONTH',
    '2026-11-25T14:31:20-05:00',
    '2026-10-01T00:00:00-04:00',
    '2026-10-25T14:32:00-04:00',
  ],
])('keeps the local clock time %s', (_, preset, moment, from, to) => {
  expect(earlier(preset, 'America/New_York', moment)).toEqual([from, to]);
});

test('passes over a day that the zone skipped', () => {
  const periods = (['TODAY', 'YESTERDAY', 'LAST_7_DAYS'] as const).map((preset) =>
    earlier(preset, 'Pacific/Apia', '2011-12-31T10:00:00+14:00'),
  );
  expect(periods).toEqual([
    ['2011-12-29T00:00:00-10:00', '2011-12-29T10:01:00-10:00'],
    ['2011-12-28T00:00:00-10:00', '2011-12-29T00:00:00-10:00'],
    ['2011-12-17T00:00:00-10:00', '2011-12-23T10:01:00-10:00'],
  ]);
});

test('keeps the length of a day that has just begun, where the same minutes were skipped the day before', () => {
  expect(earlier('TODAY', 'Africa/Cairo', '2026-04-25T00:04:30+03:00')).toEqual([
    '2026-04-24T01:00:00+03:00',
    '2026-04-24T01:05:00+03:00',
  ]);
});
