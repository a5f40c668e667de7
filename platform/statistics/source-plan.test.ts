import { cutBuckets, type Granularity, resolvePeriod } from '#platform/time';
import { levelGrids, planSources } from './source-plan.ts';

const MOMENT = Date.parse('2030-01-01T00:00:00Z');

interface Case {
  /** Ends in UTC, to the minute. */
  readonly from: string;
  readonly to: string;
  /** The zone of the period, whose buckets are asked for. */
  readonly zone?: string;
  readonly by?: Granularity;
  /** The zone of the days in the levels; missing where these may not be used. */
  readonly days?: string;
}

/** The sources of a period as `level until`. Whatever is planned has no gap, and no row of it lies in two buckets. */
function plan({ from, to, zone = 'UTC', by, days }: Case): string[] {
  const range = { from: `${from}:00Z`, to: `${to}:00Z` };
  const period = resolvePeriod({ range }, { timeZone: zone, moment: MOMENT });
  const boundaries = by ? cutBuckets(period, by).boundaries : [period.from, period.to];
  const grids = levelGrids(days);
  const sources = planSources(boundaries, grids);
  expect([sources[0]?.from, sources.at(-1)?.to]).toEqual([period.from, period.to]);
  for (const [index, source] of sources.entries()) expect(source.from).toBe(sources[index - 1]?.to ?? period.from);
  for (const { level, from: start, to: end } of sources) {
    const grid = grids.find((one) => one.level === level);
    const cuts = [start, ...boundaries.filter((boundary) => boundary > start && boundary < end), end];
    if (grid) expect(cuts.filter((cut) => grid.floor(cut) !== cut)).toEqual([]);
  }
  return sources.map(({ level, to: end }) => `${level} ${new Date(end).toISOString().slice(5, 16)}`);
}

const MOSCOW = 'Europe/Moscow';
const NEW_YORK = 'America/New_York';
const KATHMANDU = 'Asia/Kathmandu';
const LORD_HOWE = 'Australia/Lord_Howe';
const YEAR = { from: '2025-12-31T21:00', to: '2026-12-31T21:00', zone: MOSCOW };

test.each<[string, Case, string[]]>([
  ["a year by days of the company's zone", { ...YEAR, by: 'DAY', days: MOSCOW }, ['day 12-31T21:00']],
  ['the same by weeks, which begin anew at its ends', { ...YEAR, by: 'WEEK', days: MOSCOW }, ['day 12-31T21:00']],
  ['the same by hours', { ...YEAR, by: 'HOUR', days: MOSCOW }, ['hour 12-31T21:00']],
  ['the same without buckets', { ...YEAR, days: MOSCOW }, ['day 12-31T21:00']],
  ['the same by days where the days of the levels may not be used', { ...YEAR, by: 'DAY' }, ['hour 12-31T21:00']],
  ['the same by days of another whole-hour zone', { ...YEAR, by: 'DAY', days: NEW_YORK }, ['hour 12-31T21:00']],
  [
    'the same without buckets where the levels have days of another zone',
    { ...YEAR, days: 'UTC' },
    ['hour 01-01T00:00', 'day 12-31T00:00', 'hour 12-31T21:00'],
  ],
  [
    'the same by months of another zone, whose few boundaries fall into days',
    { ...YEAR, to: '2026-03-31T21:00', by: 'MONTH', days: 'UTC' },
    // Each month for itself: its first and last hours, and the days between.
    ['01-01T00:00', '01-31T00:00', '02-01T00:00', '02-28T00:00', '03-01T00:00', '03-31T00:00', '03-31T21:00'].map(
      (end, index) => `${index % 2 === 0 ? 'hour' : 'day'} ${end}`,
    ),
  ],
  [
    'weeks of a zone at :45, of another company: days, but for those in which a week ends',
    { from: '2026-06-07T21:00', to: '2026-06-18T21:00', zone: KATHMANDU, by: 'WEEK', days: MOSCOW },
    // Monday begins there at 18:15 in UTC, in a day of Moscow from 21:00 to 21:00.
    ['day 06-13T21:00', 'hour 06-14T18:00', 'quarter 06-14T19:00', 'hour 06-14T21:00', 'day 06-18T21:00'],
  ],
  [
    'weeks of another zone in a period too short for more days than weeks break',
    { from: '2026-06-12T21:00', to: '2026-06-15T21:00', zone: NEW_YORK, by: 'WEEK', days: MOSCOW },
    ['hour 06-15T21:00'],
  ],
  [
    'ragged minutes at both ends',
    { from: '2026-06-03T14:07', to: '2026-06-20T21:43', zone: NEW_YORK, by: 'DAY', days: NEW_YORK },
    [
      'raw 06-03T14:15',
      'quarter 06-03T15:00',
      'hour 06-04T04:00',
      'day 06-20T04:00',
      'hour 06-20T21:00',
      'quarter 06-20T21:30',
      'raw 06-20T21:43',
    ],
  ],
  ['less than a quarter', { from: '2026-06-03T14:07', to: '2026-06-03T14:16', days: MOSCOW }, ['raw 06-03T14:16']],
  [
    'less than an hour around a whole one',
    { from: '2026-06-03T13:50', to: '2026-06-03T14:31', days: MOSCOW },
    ['raw 06-03T14:00', 'quarter 06-03T14:30', 'raw 06-03T14:31'],
  ],
  [
    'days of a zone at :45, of another company and of one there: the hours in which a day ends by quarters',
    { from: '2026-05-31T18:15', to: '2026-06-03T18:15', zone: KATHMANDU, by: 'DAY', days: MOSCOW },
    [
      'quarter 05-31T19:00',
      'hour 06-01T18:00',
      'quarter 06-01T19:00',
      'hour 06-02T18:00',
      'quarter 06-02T19:00',
      'hour 06-03T18:00',
      'quarter 06-03T18:15',
    ],
  ],
  [
    'and of a company there',
    { from: '2026-05-31T18:15', to: '2026-06-30T18:15', zone: KATHMANDU, by: 'DAY', days: KATHMANDU },
    ['day 06-30T18:15'],
  ],
  [
    'totals in UTC of a company there: the ends of its days are no hours',
    { from: '2026-06-01T00:00', to: '2026-06-03T00:00', days: KATHMANDU },
    ['hour 06-01T18:00', 'quarter 06-01T18:15', 'day 06-02T18:15', 'quarter 06-02T19:00', 'hour 06-03T00:00'],
  ],
  [
    'hours of a zone at :30',
    { from: '2026-06-02T18:30', to: '2026-06-03T18:30', zone: 'Asia/Kolkata', by: 'HOUR', days: 'Asia/Kolkata' },
    ['quarter 06-03T18:30'],
  ],
  [
    'quarters of an hour',
    { from: '2026-06-02T00:00', to: '2026-06-03T00:00', by: 'QUARTER_HOUR', days: 'UTC' },
    ['quarter 06-03T00:00'],
  ],
  ['minutes', { from: '2026-06-02T00:00', to: '2026-06-03T00:00', by: 'MINUTE', days: 'UTC' }, ['raw 06-03T00:00']],
  [
    'five minutes',
    { from: '2026-06-02T00:00', to: '2026-06-03T00:00', by: 'FIVE_MINUTES', days: 'UTC' },
    ['raw 06-03T00:00'],
  ],
  [
    'days of 23 hours',
    { from: '2026-03-06T05:00', to: '2026-03-10T04:00', zone: NEW_YORK, by: 'DAY', days: NEW_YORK },
    ['day 03-10T04:00'],
  ],
  [
    'days of 25 hours',
    { from: '2026-10-31T04:00', to: '2026-11-03T05:00', zone: NEW_YORK, by: 'DAY', days: NEW_YORK },
    ['day 11-03T05:00'],
  ],
  [
    'hours of a day that has one of them twice',
    { from: '2026-11-01T04:00', to: '2026-11-02T05:00', zone: NEW_YORK, by: 'HOUR', days: NEW_YORK },
    ['hour 11-02T05:00'],
  ],
  [
    'the autumn in which Moscow moved for good',
    { from: '2014-10-24T20:00', to: '2014-10-27T21:00', zone: MOSCOW, by: 'DAY', days: MOSCOW },
    ['day 10-27T21:00'],
  ],
  [
    "hours of Lord Howe's half hour: at :30 in winter and at :00 in summer",
    { from: '2026-04-04T13:00', to: '2026-04-05T13:30', zone: LORD_HOWE, by: 'HOUR', days: LORD_HOWE },
    ['quarter 04-05T13:30'],
  ],
  [
    'days of Lord Howe across it',
    { from: '2026-04-03T13:00', to: '2026-04-06T13:30', zone: LORD_HOWE, by: 'DAY', days: LORD_HOWE },
    ['day 04-06T13:30'],
  ],
  [
    'a clock that was changed at one minute past midnight: that minute is read by itself',
    { from: '2005-10-29T02:30', to: '2005-10-31T03:30', zone: 'America/St_Johns', by: 'HOUR', days: 'UTC' },
    ['quarter 10-30T02:30', 'raw 10-30T02:45', 'quarter 10-31T03:30'],
  ],
  [
    'a leap day and the end of February',
    { from: '2024-02-28T21:00', to: '2024-02-29T21:00', zone: MOSCOW, by: 'MONTH', days: MOSCOW },
    ['day 02-29T21:00'],
  ],
])('%s', (_, question, sources) => {
  expect(plan(question)).toEqual(sources);
});
