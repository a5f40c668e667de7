import type { Transaction } from '#platform/database';
import { readKeptDays } from './kept-days.ts';
import type { WholeDays } from './local-days.ts';

/** A stretch [from, to) of a period, epoch milliseconds. */
export type Stretch = readonly [from: number, to: number];

/** A period as its whole local days, of which sums are kept, and what is left at its ends. */
export interface DividedPeriod {
  readonly days: WholeDays | undefined;
  readonly rest: readonly Stretch[];
  /** The first day of each bucket of whole days, and the end of the last; buckets without a whole day are left out. */
  readonly firstDays: readonly string[];
  /** Which bucket the first of firstDays is, from 0. */
  readonly firstBucket: number;
}

/**
 * Finds out which part of a period sums by day can answer: whole local days of the company, where every edge of a bucket between them
 * is the start of a day.
 * @param boundaries edges of the buckets; the last may lie behind `to`
 */
export async function dividePeriod(
  transaction: Transaction,
  [from, to]: Stretch,
  boundaries: readonly number[],
): Promise<DividedPeriod> {
  const nothing = { days: undefined, rest: [[from, to] as const], firstDays: [], firstBucket: 0 };
  const kept = await readKeptDays(transaction);
  const days = kept?.within(from, to);
  if (!kept || !days) return nothing;
  const inner = boundaries.filter((edge) => edge > days.from && edge < days.to);
  if (inner.some((edge) => kept.startOf(kept.of(edge)) !== edge)) return nothing;
  const rest = (
    [
      [from, days.from],
      [days.to, to],
    ] as const
  ).filter(([start, end]) => start < end);
  const firstBucket = boundaries.findLastIndex((edge) => edge <= days.from);
  return { days, rest, firstDays: [days.first, ...inner.map((edge) => kept.of(edge)), days.end], firstBucket };
}
