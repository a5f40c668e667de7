import { DateTime } from 'luxon';

export type GranularityName =
  | 'MINUTE'
  | 'FIVE_MINUTES'
  | 'QUARTER_HOUR'
  | 'HOUR'
  | 'DAY'
  | 'WEEK'
  | 'MONTH'
  | 'QUARTER'
  | 'YEAR';

/** A bucket [start, end), epoch milliseconds. */
export interface ReferenceBucket {
  start: number;
  end: number;
  partial: boolean;
}

const MINUTE = 60_000;

/** How far apart to look at the clock: every unit begins at a multiple of it, as offsets here are whole quarters of an hour. */
const STEPS: Readonly<Record<GranularityName, number>> = {
  MINUTE,
  FIVE_MINUTES: 5 * MINUTE,
  QUARTER_HOUR: 15 * MINUTE,
  HOUR: 15 * MINUTE,
  DAY: 15 * MINUTE,
  WEEK: 15 * MINUTE,
  MONTH: 15 * MINUTE,
  QUARTER: 15 * MINUTE,
  YEAR: 15 * MINUTE,
};

/**
 * Cuts [from, to) by looking at the local clock step by step: a unit begins where its name is another than a step before.
 * For zones whose clocks do not change at midnight. `now` is the end of running periods.
 */
export function bucketsOf(
  period: { from: number; to: number; timeZone: string },
  granularity: GranularityName,
  now: number,
): ReferenceBucket[] {
  const { from, to, timeZone } = period;
  const step = STEPS[granularity];
  const starts = new Set<number>();
  let before = '';
  for (let instant = Math.floor(from / step) * step - step; instant <= to; instant += step) {
    const name = unitName(granularity, DateTime.fromMillis(instant, { zone: timeZone }));
    if (before !== '' && name !== before) starts.add(instant);
    before = name;
  }
  const edges = [from, ...[...starts].filter((start) => start > from && start < to), to];
  return edges.slice(1).map((end, index) => {
    const start = edges[index] as number;
    return { start, end, partial: !starts.has(start) || !starts.has(end) || end > now };
  });
}

/** A name that no other unit near it has. Units of the clock begin anew where the offset changes. */
function unitName(granularity: GranularityName, local: DateTime): string {
  const hour = `${local.toISODate()} ${local.hour} ${local.offset}`;
  switch (granularity) {
    case 'MINUTE':
      return `${hour} ${local.minute}`;
    case 'FIVE_MINUTES':
      return `${hour} ${Math.floor(local.minute / 5)}`;
    case 'QUARTER_HOUR':
      return `${hour} ${Math.floor(local.minute / 15)}`;
    case 'HOUR':
      return hour;
    case 'DAY':
      return local.toISODate() as string;
    case 'WEEK':
      return `${local.weekYear}-${local.weekNumber}`;
    case 'MONTH':
      return `${local.year}-${local.month}`;
    case 'QUARTER':
      return `${local.year}-${local.quarter}`;
    case 'YEAR':
      return `${local.year}`;
  }
}
