import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { Instant } from '#platform/time';
import { legSegments, milliseconds } from './leg-segments.ts';
import { QUARTER_MS } from './stretches.ts';

/** A local day, [from, to). */
export interface Day {
  readonly from: Instant;
  readonly to: Instant;
}

// Each interval is read by itself (LATERAL): joined by their ranges, the planner would read all that the company has.

/** Makes quarters of all trunks anew from the legs; a trunk that started none in one has no row there. */
export async function refreshTrunkQuarters(transaction: Transaction, quarters: readonly Instant[]): Promise<void> {
  await refresh(transaction, 'trunk_quarters', spansOf(quarters), (spans, companyId) => {
    return sql`INSERT INTO trunk_quarters (company_id, starts_at, trunk_id, calls, peak, peak_at)
      SELECT ${companyId}, since, trunk_id, sum(n), max(n), (array_agg(second ORDER BY n DESC, second))[1]
      FROM ${spans} CROSS JOIN LATERAL (
        SELECT trunk_id, date_trunc('second', started_at) AS second, count(*) AS n
        FROM call_legs
        WHERE company_id = ${companyId} AND started_at >= since AND started_at < until AND trunk_id IS NOT NULL
        GROUP BY trunk_id, date_trunc('second', started_at)
      ) seconds
      GROUP BY since, trunk_id`;
  });
}

/** Makes days of all trunks anew from their quarters. */
export async function refreshTrunkDays(transaction: Transaction, days: readonly Day[]): Promise<void> {
  await refresh(transaction, 'trunk_days', days, (spans, companyId) => {
    return sql`INSERT INTO trunk_days (company_id, starts_at, trunk_id, calls, peak, peak_at)
      SELECT ${companyId}, since, trunk_id, calls, peak, peak_at
      FROM ${spans} CROSS JOIN LATERAL (
        SELECT trunk_id, sum(calls) AS calls, max(peak) AS peak, (array_agg(peak_at ORDER BY peak DESC, peak_at))[1] AS peak_at
        FROM trunk_quarters
        WHERE company_id = ${companyId} AND starts_at >= since AND starts_at < until
        GROUP BY trunk_id
      ) trunks`;
  });
}

/** Makes quarters anew from the legs that began or ended in them. */
export async function refreshLegQuarters(transaction: Transaction, quarters: readonly Instant[]): Promise<void> {
  await refresh(transaction, 'leg_quarters', spansOf(quarters), (spans, companyId) => {
    return sql`INSERT INTO leg_quarters (company_id, starts_at, ends_at, net, most, area)
      SELECT ${companyId}, since, until, net, most, area FROM (${legSegments(companyId, spans, sql``)}) segments`;
  });
}

/**
 * Makes days anew by putting their quarters together. Between two of them the number of legs is that at the end of the first, and
 * no more than its greatest.
 */
export async function refreshLegDays(transaction: Transaction, days: readonly Day[]): Promise<void> {
  await refresh(transaction, 'leg_days', days, (spans, companyId) => {
    return sql`INSERT INTO leg_days (company_id, starts_at, ends_at, net, most, area)
      SELECT ${companyId}, since, until, sum(net),
        greatest(max(before + most), CASE WHEN min(starts_at) > since THEN 0 END),
        sum(before * ${milliseconds(sql`ends_at - starts_at`)} + area + (before + net) * ${milliseconds(sql`next_at - ends_at`)})
      FROM ${spans} CROSS JOIN LATERAL (
        SELECT starts_at, ends_at, net, most, area,
          sum(net) OVER in_time - net AS before, lead(starts_at, 1, until) OVER in_time AS next_at
        FROM leg_quarters
        WHERE company_id = ${companyId} AND starts_at >= since AND starts_at < until
        WINDOW in_time AS (ORDER BY starts_at)
      ) quarters
      GROUP BY since, until`;
  });
}

function spansOf(quarters: readonly Instant[]): Day[] {
  return quarters.map((from) => ({ from, to: from + QUARTER_MS }));
}

const TABLES = {
  trunk_quarters: sql`trunk_quarters`,
  trunk_days: sql`trunk_days`,
  leg_quarters: sql`leg_quarters`,
  leg_days: sql`leg_days`,
} as const;

/** Removes the rows that begin with these intervals, and fills in what there is now. */
async function refresh(
  transaction: Transaction,
  table: keyof typeof TABLES,
  intervals: readonly Day[],
  fill: (spans: Sql, companyId: string) => Sql,
): Promise<void> {
  if (intervals.length === 0) return;
  const { companyId } = transaction;
  const starts = intervals.map(({ from }) => timestamp(from));
  const ends = intervals.map(({ to }) => timestamp(to));
  const spans = sql`unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) AS span(since, until)`;
  await transaction.execute(
    `${table}.clear`,
    sql`DELETE FROM ${TABLES[table]} WHERE company_id = ${companyId} AND starts_at = ANY(${starts}::timestamptz[])`,
  );
  await transaction.execute(`${table}.fill`, fill(spans, companyId));
}
