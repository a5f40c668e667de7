import type { CalendarSpans } from './calendar-spans.ts';

/** Spans or days [first, end) whose sums are added up, or taken away again. */
export interface Cover<Gathered> {
  /** What the days are gathered in; undefined for days themselves. */
  readonly gathered: Gathered | undefined;
  readonly first: string;
  readonly end: string;
  readonly isAdded: boolean;
}

/**
 * Sums that together are those of the days [first, end): the coarsest spans from the one nearest to the first day to the one nearest to
 * the end, and the days by which these begin or end too late or too early, covered in the same way by finer ones. Pure.
 * @param levels from coarse to fine
 */
export function coverDays<Gathered extends { readonly spans: CalendarSpans }>(
  first: string,
  end: string,
  [gathered, ...finer]: readonly Gathered[],
  isAdded = true,
): Cover<Gathered>[] {
  if (first >= end) return [];
  if (!gathered) return [{ gathered, first, end, isAdded }];
  const [start, stop] = [gathered.spans.nearest(first), gathered.spans.nearest(end)];
  if (start >= stop) return coverDays(first, end, finer, isAdded);
  const between = (from: string, to: string) =>
    from < to ? coverDays(from, to, finer, isAdded) : coverDays(to, from, finer, !isAdded);
  return [...between(first, start), { gathered, first: start, end: stop, isAdded }, ...between(stop, end)];
}
