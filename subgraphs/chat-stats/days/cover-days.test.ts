import fc from 'fast-check';
import { DAY_MS } from '#platform/time';
import { MONTHS, QUARTERS } from './calendar-spans.ts';
import { coverDays } from './cover-days.ts';

const LEVELS = [
  { name: 'quarters', spans: QUARTERS },
  { name: 'months', spans: MONTHS },
];
const FIRST = Date.parse('2023-12-20');
const dayAt = (index: number) => new Date(FIRST + index * DAY_MS).toISOString().slice(0, 10);

const cover = (first: string, end: string) =>
  coverDays(first, end, LEVELS).map(
    (part) => `${part.isAdded ? '+' : '-'} ${part.gathered?.name ?? 'days'} ${part.first} ${part.end}`,
  );

test.each<[string, string, string[]]>([
  ['2026-01-01', '2027-01-01', ['+ quarters 2026-01-01 2027-01-01']],
  ['2026-03-05', '2026-03-11', ['+ days 2026-03-05 2026-03-11']],
  ['2026-03-02', '2026-04-01', ['- days 2026-03-01 2026-03-02', '+ months 2026-03-01 2026-04-01']],
  [
    '2025-03-15',
    '2026-03-15',
    [
      '- days 2025-03-01 2025-03-15',
      '+ months 2025-03-01 2025-04-01',
      '+ quarters 2025-04-01 2026-04-01',
      '+ days 2026-03-01 2026-03-15',
      '- months 2026-03-01 2026-04-01',
    ],
  ],
])('the days from %s to %s', (first, end, parts) => {
  expect(cover(first, end)).toEqual(parts);
});

test('any days are covered once, and no others', () => {
  fc.assert(
    fc.property(fc.nat(800), fc.nat(800), (one, other) => {
      const [first, end] = [Math.min(one, other), Math.max(one, other)];
      const times = new Map<string, number>();
      for (const part of coverDays(dayAt(first), dayAt(end), LEVELS)) {
        if (part.gathered) expect([part.first, part.end].map(part.gathered.spans.of)).toEqual([part.first, part.end]);
        for (let at = Date.parse(part.first); at < Date.parse(part.end); at += DAY_MS) {
          times.set(
            dayAt((at - FIRST) / DAY_MS),
            (times.get(dayAt((at - FIRST) / DAY_MS)) ?? 0) + (part.isAdded ? 1 : -1),
          );
        }
      }
      const covered = [...times].filter(([, count]) => count !== 0);
      expect(covered.sort()).toEqual(Array.from({ length: end - first }, (_, index) => [dayAt(first + index), 1]));
    }),
  );
});
