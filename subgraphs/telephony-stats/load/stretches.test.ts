import { joinStretches, type Levels, planStretches, RAW_ONLY } from './stretches.ts';

const KEPT: Levels = { quarters: true, daysIn: 'Europe/Moscow' };
const QUARTERS: Levels = { quarters: true, daysIn: null };
const NIGHTS: Levels = { quarters: true, daysIn: 'America/New_York' };

const plan = (boundaries: string[], levels: Levels) =>
  planStretches(boundaries.map(Date.parse), levels).map(({ level, from, to }) => [level, iso(from), iso(to)].join(' '));
const iso = (instant: number) =>
  new Date(instant)
    .toISOString()
    .replace(/^2026-/, '')
    .replace(/:00\.000Z$/, '');

const PLANS: [string, string[], Levels, string[]][] = [
  ['nothing is kept', ['2026-03-10T09:00:00Z', '2026-03-12T09:00:00Z'], RAW_ONLY, ['raw 03-10T09:00 03-12T09:00']],
  [
    'a ragged period: days inside, quarters around them, the rest from the legs',
    ['2026-03-10T09:07:00Z', '2026-03-13T20:46:00Z'],
    KEPT,
    [
      'raw 03-10T09:07 03-10T09:15',
      'quarters 03-10T09:15 03-10T21:00',
      'days 03-10T21:00 03-12T21:00',
      'quarters 03-12T21:00 03-13T20:45',
      'raw 03-13T20:45 03-13T20:46',
    ],
  ],
  ['whole days of the zone', ['2026-03-09T21:00:00Z', '2026-03-11T21:00:00Z'], KEPT, ['days 03-09T21:00 03-11T21:00']],
  [
    'a day of another zone holds no whole day',
    ['2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z'],
    KEPT,
    ['quarters 03-10T00:00 03-11T00:00'],
  ],
  [
    'no days are kept',
    ['2026-03-09T21:00:00Z', '2026-03-11T21:00:00Z'],
    QUARTERS,
    ['quarters 03-09T21:00 03-11T21:00'],
  ],
  ['a day of 23 hours', ['2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'], NIGHTS, ['days 03-08T05:00 03-09T04:00']],
  [
    'minutes lie within a quarter',
    ['2026-03-10T09:01:00Z', '2026-03-10T09:02:00Z'],
    KEPT,
    ['raw 03-10T09:01 03-10T09:02'],
  ],
  [
    'minutes around the edge of a quarter',
    ['2026-03-10T09:14:00Z', '2026-03-10T09:16:00Z'],
    KEPT,
    ['raw 03-10T09:14 03-10T09:16'],
  ],
];

test.each(PLANS)('[TEL-16] %s', (_, boundaries, levels, expected) => {
  expect(plan(boundaries, levels)).toEqual(expected);
});

test('[TEL-16] stretches of one level that touch are read as one, if wanted', () => {
  const days = ['2026-03-09T21:00:00Z', '2026-03-10T21:00:00Z', '2026-03-11T21:00:00Z', '2026-03-11T21:01:00Z'];
  const stretches = planStretches([...days, '2026-03-11T21:02:00Z'].map(Date.parse), KEPT);
  const levels = (joined: readonly string[]) =>
    joinStretches(stretches, joined as 'raw'[]).map(({ level, from, to }) => `${level} ${(to - from) / 60_000}`);
  expect(levels(['days'])).toEqual(['days 2880', 'raw 1', 'raw 1']);
  expect(levels(['raw', 'days'])).toEqual(['days 2880', 'raw 2']);
});
