import { join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { placePoints } from '#platform/statistics';
import type { Buckets, Instant } from '#platform/time';
import { type LegPopulation, legConditions } from './leg-population.ts';
import { stretchRows } from './stretch-rows.ts';
import { joinStretches, type Levels, planStretches, RAW_ONLY, type Stretch } from './stretches.ts';

/** Legs that a trunk started and how many in the fullest clock second: of the period, and by bucket, filled with zeros. */
export interface TrunkLoad {
  readonly trunkId: string;
  readonly calls: readonly number[];
  readonly peaks: readonly number[];
  readonly peak: number;
  /** Beginning of the first such second. */
  readonly peakAt: Instant;
}

/**
 * More than any second since 1970: a peak times this, less its second, is greatest for the first second of the greatest peak.
 * One maximum in place of a sort of all rows.
 */
const PEAK_STEP = 10_000_000_000;

const EVERY_LEVEL = ['raw', 'quarters', 'days'] as const;

/** Every trunk that started a leg of the population, the greatest peak first, then by id. */
export async function readTrunkLoads(
  transaction: Transaction,
  population: LegPopulation,
  levels: Levels,
  buckets: Buckets,
): Promise<TrunkLoad[]> {
  const { boundaries } = buckets;
  const rows = await transaction.arrays<[trunkId: string, rank: string, buckets: string, calls: string, peaks: string]>(
    'calls_per_second.read',
    sql`SELECT trunk_id, max(rank), string_agg(bucket::text, ','), string_agg(calls::text, ','), string_agg(peak::text, ',')
      FROM (
        SELECT trunk_id, width_bucket(at, ${boundaries.map(timestamp)}::timestamptz[]) AS bucket, sum(calls) AS calls,
          max(peak) AS peak, max(peak::bigint * ${PEAK_STEP}::bigint - extract(epoch FROM peak_at)::bigint) AS rank
        FROM (${trunkRows(population, boundaries, levels)}) parts GROUP BY 1, 2
      ) points GROUP BY trunk_id ORDER BY max(peak) DESC, trunk_id COLLATE "C"`,
  );
  const place = (numbers: string, values: string) => placePoints(buckets, numbers, values).map(Number);
  return rows.map(([trunkId, rank, numbers, calls, values]) => {
    const peaks = place(numbers, values);
    const peak = peaks.reduce((most, one) => Math.max(most, one), 0);
    const second = BigInt(peak) * BigInt(PEAK_STEP) - BigInt(rank);
    return { trunkId, calls: place(numbers, calls), peaks, peak, peakAt: Number(second) * 1000 };
  });
}

/** Rows (trunk_id, at, calls, peak, peak_at) that cover the boundaries; kept ones know nothing of filters but the trunk. */
function trunkRows(population: LegPopulation, boundaries: readonly Instant[], levels: Levels): Sql {
  const usable = population.conditions.length === 0 ? levels : RAW_ONLY;
  const stretches = joinStretches(planStretches(boundaries, usable), EVERY_LEVEL);
  const parts = [
    rawRows(population, stretches),
    keptRows(population, stretches, 'quarters', sql`trunk_quarters`),
    keptRows(population, stretches, 'days', sql`trunk_days`),
  ];
  return join(parts.flat(), sql` UNION ALL `);
}

/** One row a clock second. It stands where its first leg does: a period that begins within a second has only part of it. */
function rawRows(population: LegPopulation, stretches: readonly Stretch[]): Sql {
  return sql`SELECT trunk_id, at, n AS calls, n AS peak, second AS peak_at
    FROM ${stretchRows(stretches, 'raw')} CROSS JOIN LATERAL (
      SELECT trunk_id, date_trunc('second', started_at) AS second, min(started_at) AS at, count(*) AS n
      FROM call_legs
      WHERE company_id = ${population.companyId} AND started_at >= since AND started_at < until
        AND trunk_id IS NOT NULL${legConditions(population)}
      GROUP BY trunk_id, date_trunc('second', started_at)
    ) seconds`;
}

function keptRows(
  { companyId, trunkIds }: LegPopulation,
  stretches: readonly Stretch[],
  level: Stretch['level'],
  table: Sql,
): Sql[] {
  if (!stretches.some((stretch) => stretch.level === level)) return [];
  const only = trunkIds ? sql` AND trunk_id = ANY(${trunkIds}::text[])` : sql``;
  return [
    sql`SELECT trunk_id, starts_at AS at, calls, peak, peak_at
      FROM ${stretchRows(stretches, level)} JOIN ${table} ON starts_at >= since AND starts_at < until
      WHERE company_id = ${companyId}${only}`,
  ];
}
