import { type Instant, localUnit } from '#platform/time';

export const QUARTER_MS = 900_000;

/** Kept figures that an answer may be read from. */
export interface Levels {
  readonly quarters: boolean;
  /** The zone whose local days are kept; null where none are. */
  readonly daysIn: string | null;
}

export const RAW_ONLY: Levels = { quarters: false, daysIn: null };

/** A piece of a period, [from, to), and where its figures are read. */
export interface Stretch {
  readonly level: 'raw' | 'quarters' | 'days';
  readonly from: Instant;
  readonly to: Instant;
}

/** No zone has a day as short as this, so that shorter pieces hold none. */
const SHORTEST_DAY_MS = 20 * 3_600_000;

/**
 * Chooses where each of the intervals between ascending boundaries is read: whole local days and quarters of an hour where they
 * are kept, their rest from the legs themselves. The stretches follow one another without a gap, and no kept row lies across a
 * boundary. Every zone's offset is a multiple of a quarter of an hour since long before 2000, so that days begin on one. Pure.
 */
export function planStretches(boundaries: readonly Instant[], levels: Levels): Stretch[] {
  return boundaries.slice(1).flatMap((to, index) => planOne(boundaries[index] as Instant, to, levels));
}

function planOne(from: Instant, to: Instant, { quarters, daysIn }: Levels): Stretch[] {
  const first = quarterFrom(from);
  const last = quarterOf(to);
  if (!quarters || first >= last) return [{ level: 'raw', from, to }];
  const [firstDay, lastDay] = daysIn && to - from >= SHORTEST_DAY_MS ? wholeDays(first, last, daysIn) : [last, last];
  const stretches: Stretch[] = [
    { level: 'raw', from, to: first },
    { level: 'quarters', from: first, to: firstDay },
    { level: 'days', from: firstDay, to: lastDay },
    { level: 'quarters', from: lastDay, to: last },
    { level: 'raw', from: last, to },
  ];
  return stretches.filter((stretch) => stretch.from < stretch.to);
}

/** From the first beginning of a day on or after `from` to the last one up to `to`; both are `to` where there is no whole day. */
function wholeDays(from: Instant, to: Instant, timeZone: string): [Instant, Instant] {
  const around = localUnit('DAY', from, timeZone);
  const first = around.from === from ? from : around.to;
  const last = localUnit('DAY', to, timeZone).from;
  return first < last ? [first, last] : [to, to];
}

/** The beginning of the quarter of an hour that an instant lies in. */
export function quarterOf(instant: Instant): Instant {
  return Math.floor(instant / QUARTER_MS) * QUARTER_MS;
}

function quarterFrom(instant: Instant): Instant {
  return Math.ceil(instant / QUARTER_MS) * QUARTER_MS;
}

/** Puts stretches of these levels together that touch. */
export function joinStretches(stretches: readonly Stretch[], levels: readonly Stretch['level'][]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last && last.level === stretch.level && last.to === stretch.from && levels.includes(last.level)) {
      joined[joined.length - 1] = { ...last, to: stretch.to };
    } else joined.push(stretch);
  }
  return joined;
}
