import type { Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { cutBuckets, formatInstant, GRANULARITIES, type Granularity, type Instant, type Period } from '#platform/time';
import type { Fact } from './fact.ts';
import { readableOf } from './level-state.ts';
import { type Grid, planSources, type Source } from './source-plan.ts';

/** Throws PERIOD_TOO_OLD where raw rows of a period are gone. For what is read from rows and not from sums, such as lists. */
export async function requireRows(transaction: Transaction, fact: Fact, period: Period): Promise<void> {
  const { rowsFrom } = await readableOf(transaction, fact);
  if (rowsFrom !== null && period.from < rowsFrom) throw periodTooOld(fact, period, rowsFrom);
}

/** Whether all rows that sources read one by one are still there. */
export function hasRows(sources: readonly Source[], rowsFrom: Instant | null): boolean {
  return rowsFrom === null || sources.every(({ level, from }) => level !== 'raw' || from >= rowsFrom);
}

/**
 * The refusal of a question that needs rows which are gone.
 * @param grids of the levels, where another granularity could be answered from them
 */
export function periodTooOld(
  { name }: Fact,
  period: Period,
  rowsFrom: Instant | null,
  grids?: readonly Grid[],
): ServiceError {
  const earliest = formatInstant(rowsFrom ?? period.from, period.timeZone);
  const granularity = grids && granularityFor(period, rowsFrom, grids);
  const remedy = granularity
    ? `ask for ${granularity}, or begin there`
    : 'begin there, or ask for sums of whole quarters of an hour';
  const fault = `${name} before ${earliest} are kept as sums by time, and this question needs them one by one`;
  return new ServiceError('PERIOD_TOO_OLD', `period: ${fault}; ${remedy}.`, { field: ['period'] });
}

/** The finest granularity by which the period is answered without rows that are gone. */
function granularityFor(period: Period, rowsFrom: Instant | null, grids: readonly Grid[]): Granularity | undefined {
  return GRANULARITIES.find((granularity) => {
    try {
      return hasRows(planSources(cutBuckets(period, granularity).boundaries, grids), rowsFrom);
    } catch (error) {
      // Too many buckets of this one.
      if (error instanceof ServiceError) return false;
      throw error;
    }
  });
}
