import { sql, type Transaction, timestamp } from '#platform/database';
import type { Instant } from '#platform/time';
import { type LegPopulation, legConditions } from './leg-population.ts';

/** Legs whose end is not known, over a period. */
export interface RunningLegs {
  /** How many are there just before the period's first instant, and go on. */
  readonly atStart: number;
  /** By how many their number changes, by instant of the period. */
  readonly changes: ReadonlyMap<Instant, number>;
}

/** Running legs count up to `asOf`, each for `longestMs` at most. */
export async function readRunningLegs(
  transaction: Transaction,
  population: LegPopulation,
  asOf: Instant | null,
  longestMs: number,
): Promise<RunningLegs> {
  const { companyId, period } = population;
  const changes = new Map<Instant, number>();
  if (asOf === null || asOf <= period.from) return { atStart: 0, changes };
  const rows = await transaction.arrays<[number, string]>(
    'running_legs.read',
    sql`SELECT started_at, count(*) FROM call_legs
      WHERE company_id = ${companyId} AND over_at IS NULL AND started_at > ${timestamp(period.from - longestMs)}
        AND started_at < ${timestamp(Math.min(period.to, asOf))}${legConditions(population)}
      GROUP BY started_at`,
  );
  let atStart = 0;
  const change = (at: Instant, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const [startedAt, count] of rows) {
    if (startedAt < period.from) atStart += Number(count);
    else change(startedAt, Number(count));
    const end = Math.min(asOf, startedAt + longestMs);
    if (end < period.to) change(end, -Number(count));
  }
  return { atStart, changes };
}
