import fc from 'fast-check';
import { DateTime } from 'luxon';
import { cutBuckets } from './buckets.ts';
import { CLOCK_UNIT_MS, GRANULARITIES, type Granularity, isClockUnit } from './granularity.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from './instant.ts';
import { resolvePeriod } from './resolve-period.ts';
import { anyZoneAndInstant, at, written } from './time.test-support.ts';

/** What local clocks and calendars show, as luxon tells it. */
interface LocalFields {
  readonly date: DateTime;
  readonly dayText: string;
  readonly offset: number;
}

function readClock(instant: Instant, timeZone: string): LocalFields {
  const date = DateTime.fromMillis(instant, { zone: timeZone });
  return { date, dayText: date.toISODate() as string, offset: date.offset };
}

/** A name of the calendar unit that a date belongs to. */
function unitName(granularity: Granularity, date: DateTime): string {
  if (granularity === 'DAY') return `${date.year}-${date.ordinal}`;
  if (granularity === 'WEEK') return `${date.weekYear}-${date.weekNumber}`;
  if (granularity === 'MONTH') return `${date.year}-${date.month}`;
  return granularity === 'QUARTER' ? `${date.year}-${date.quarter}` : `${date.year}`;
}

/**
 * The plain way to find buckets: look at the clock step by step. A unit of the clock begins when its number, its hour or the
 * offset is another than a step before; a unit of the calendar when the latest date seen so far belongs to another one.
 */
function startsByWalking(
  granularity: Granularity,
  timeZone: string,
  from: Instant,
  to: Instant,
  stepMs: number,
): Instant[] {
  const starts: Instant[] = [];
  let before = readClock(from - stepMs, timeZone);
  let latest = before;
  for (let instant = from; instant <= to; instant += stepMs) {
    const now = readClock(instant, timeZone);
    if (isClockUnit(granularity)) {
      const unitMinutes = CLOCK_UNIT_MS[granularity] / MINUTE_MS;
      const name = ({ date, dayText }: LocalFields) =>
        `${dayText} ${date.hour} ${Math.floor(date.minute / unitMinutes)}`;
      if (name(now) !== name(before) || now.offset !== before.offset) starts.push(instant);
    } else if (now.dayText > latest.dayText) {
      if (unitName(granularity, now.date) !== unitName(granularity, latest.date)) starts.push(instant);
      latest = now;
    }
    before = now;
  }
  return starts;
}

/** Compares the buckets of a period with those that a walk finds, which sets out long enough before to know the latest date. */
function compare(granularity: Granularity, timeZone: string, from: Instant, to: Instant, stepMs: number): void {
  const lead = isClockUnit(granularity) ? 0 : 26 * HOUR_MS;
  const starts = startsByWalking(granularity, timeZone, from - lead, to, stepMs);
  const within = starts.filter((start) => start > from && start < to);
  const period = resolvePeriod({ range: { from, to } }, { timeZone, moment: at('2600-01-01T00:00:00Z') });
  const { boundaries, partial } = cutBuckets(period, granularity);
  const show = (instants: readonly Instant[]) => instants.map((instant) => written(instant, timeZone));
  expect(show(boundaries)).toEqual(show([from, ...within, to]));
  const expected = within.concat(to).map(() => false);
  if (!starts.includes(from)) expected[0] = true;
  if (!starts.includes(to)) expected[expected.length - 1] = true;
  expect(partial).toEqual(expected);
}

test('[GEN-10] a walk from minute to minute finds the same buckets around any moment in any zone', () => {
  const anyWalk = fc.record({
    granularity: fc.constantFrom(...GRANULARITIES),
    leadMinutes: fc.integer({ min: 0, max: 150 }),
    lengthMinutes: fc.integer({ min: 1, max: 400 }),
  });
  fc.assert(
    fc.property(anyZoneAndInstant, anyWalk, ({ timeZone, instant }, { granularity, leadMinutes, lengthMinutes }) => {
      const from = (Math.floor(instant / MINUTE_MS) - leadMinutes) * MINUTE_MS;
      compare(granularity, timeZone, from, from + lengthMinutes * MINUTE_MS, MINUTE_MS);
    }),
    { numRuns: 150 },
  );
});

test('[GEN-10] a walk from quarter to quarter of an hour finds the same days, weeks, months and years', () => {
  const anyWalk = fc.record({
    granularity: fc.constantFrom<Granularity>('HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'),
    leadQuarters: fc.integer({ min: 0, max: 96 * 4 }),
    lengthQuarters: fc.integer({ min: 1, max: 96 * 9 }),
    toNewYear: fc.boolean(),
  });
  fc.assert(
    fc.property(
      anyZoneAndInstant,
      anyWalk,
      ({ timeZone, instant }, { granularity, leadQuarters, lengthQuarters, toNewYear }) => {
        // Until 2011 clocks of St. John's changed a minute after midnight, between two steps of this walk.
        fc.pre(timeZone !== 'America/St_Johns' || instant > at('2012-01-01T00:00:00Z'));
        const stepMs = 15 * MINUTE_MS;
        const middle = toNewYear ? Date.UTC(new Date(instant).getUTCFullYear(), 0, 1) : instant;
        fc.pre(middle > at('2000-01-10T00:00:00Z'));
        const from = (Math.floor(middle / stepMs) - leadQuarters) * stepMs;
        compare(granularity, timeZone, from, from + lengthQuarters * stepMs, stepMs);
      },
    ),
    { numRuns: 60 },
  );
});
