import type { PeriodInput } from './period.ts';
import { type Comparison, previousPeriod } from './previous-period.ts';
import { resolvePeriod } from './resolve-period.ts';
import { at, ends } from './time.test-support.ts';

const NEW_YORK = { timeZone: 'America/New_York', moment: at('2026-11-25T14:31:20-05:00') };

function earlier(input: PeriodInput, comparison: Comparison, options = NEW_YORK): string[] {
  return ends(previousPeriod(resolvePeriod(input, options), comparison));
}

const dates = (startDate: string, endDate: string, startTime?: string) => ({
  dates: { startDate, endDate, startTime },
});
const range = (from: string, to: string) => ({ range: { from, to } });

test.each([
  [
    'a day before the day of 25 hours',
    dates('2026-11-08', '2026-11-08'),
    '2026-11-01T00:00:00-04:00',
    '2026-11-02T00:00:00-05:00',
  ],
  [
    'a range across it',
    range('2026-11-08T01:30:00-05:00', '2026-11-08T03:00:00-05:00'),
    '2026-11-01T01:30:00-04:00',
    '2026-11-01T03:00:00-05:00',
  ],
  [
    'a skipped start',
    range('2026-03-15T02:30:00-04:00', '2026-03-15T04:00:00-04:00'),
    '2026-03-08T03:30:00-04:00',
    '2026-03-08T04:00:00-04:00',
  ],
  [
    'a skipped startTime',
    dates('2026-03-15', '2026-03-15', '02:30'),
    '2026-03-08T03:30:00-04:00',
    '2026-03-09T00:00:00-04:00',
  ],
  [
    'a startTime skipped here',
    dates('2026-03-08', '2026-03-08', '02:30'),
    '2026-03-01T02:30:00-05:00',
    '2026-03-02T00:00:00-05:00',
  ],
  [
    'a range that was skipped whole',
    range('2026-03-15T02:10:00-04:00', '2026-03-15T02:50:00-04:00'),
    '2026-03-08T03:10:00-04:00',
    '2026-03-08T03:50:00-04:00',
  ],
  [
    'a range within the repeated hour',
    range('2026-11-01T01:45:00-04:00', '2026-11-01T01:15:00-05:00'),
    '2026-10-25T01:45:00-04:00',
    '2026-10-25T02:15:00-04:00',
  ],
  ['a preset', { preset: 'THIS_MONTH' as const }, '2026-10-25T00:00:00-04:00', '2026-11-18T14:32:00-05:00'],
])('SAME_PERIOD_LAST_WEEK of %s', (_, input, from, to) => {
  expect(earlier(input, 'SAME_PERIOD_LAST_WEEK')).toEqual([from, to]);
});

test('a week earlier a day that ends at a skipped midnight still ends at midnight', () => {
  const options = { ...NEW_YORK, timeZone: 'America/Sao_Paulo' };
  const asDates = dates('2017-10-14', '2017-10-14');
  const asRange = range('2017-10-14T00:00:00-03:00', '2017-10-15T01:00:00-02:00');
  const periods = [asDates, asRange].map((input) => earlier(input, 'SAME_PERIOD_LAST_WEEK', options));
  const expected = ['2017-10-07T00:00:00-03:00', '2017-10-08T00:00:00-03:00'];
  expect(periods).toEqual([expected, expected]);
});

test.each([
  ['29 February', dates('2024-02-29', '2024-02-29'), '2023-02-28T00:00:00-05:00', '2023-03-01T00:00:00-05:00'],
  [
    'days up to 28 February',
    dates('2024-02-01', '2024-02-28'),
    '2023-02-01T00:00:00-05:00',
    '2023-03-01T00:00:00-05:00',
  ],
  [
    'a February with 29 days',
    dates('2024-02-01', '2024-02-29'),
    '2023-02-01T00:00:00-05:00',
    '2023-03-01T00:00:00-05:00',
  ],
  [
    'a February with 28 days',
    dates('2025-02-01', '2025-02-28'),
    '2024-02-01T00:00:00-05:00',
    '2024-03-01T00:00:00-05:00',
  ],
  [
    'hours of 29 February',
    range('2024-02-29T09:00:00-05:00', '2024-02-29T12:00:00-05:00'),
    '2023-02-28T09:00:00-05:00',
    '2023-02-28T12:00:00-05:00',
  ],
  [
    'from 29 February on',
    range('2024-02-29T00:00:00-05:00', '2024-03-02T00:00:00-05:00'),
    '2023-02-28T00:00:00-05:00',
    '2023-03-02T00:00:00-05:00',
  ],
  [
    'a day in another offset',
    dates('2026-03-08', '2026-03-08'),
    '2025-03-08T00:00:00-05:00',
    '2025-03-09T00:00:00-05:00',
  ],
  ['a preset', { preset: 'THIS_MONTH' as const }, '2025-11-01T00:00:00-04:00', '2025-11-25T14:32:00-05:00'],
])('SAME_PERIOD_LAST_YEAR of %s', (_, input, from, to) => {
  expect(earlier(input, 'SAME_PERIOD_LAST_YEAR')).toEqual([from, to]);
});
