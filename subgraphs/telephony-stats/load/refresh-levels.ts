import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { Instant } from '#platform/time';
import { legSegments, milliseconds } from './leg-segments.ts';
import { QUARTER_MS } from './stretches.ts';
import type { TrunkQuarter } from './touched.ts';

/** A local day, [from, to). */
export interface Day {
  readonly from: Instant;
  readonly to: Instant;
}

/** Makes quarters of trunks anew from the legs; one without legs has no row. */
export async function refreshTrunkQuarters(transaction: Transaction, touched: readonly TrunkQuarter[]): Promise<void> {
  if (touched.length === 0) return;
  const { companyId } = transaction;
  const rows = sql`unnest(${touched.map(({ quarter }) => timestamp(quarter))}::timestamptz[],
    ${touched.map(({ quarter }) => timestamp(quarter + QUARTER_MS))}::timestamptz[],
    ${touched.map(({ trunkId }) => trunkId)}::text[]) AS touched(since, until, trunk)`;
  await transaction.execute(
    'trunk_quarters.clear',
    sql`DELETE FROM trunk_quarters USING ${rows}
      WHERE company_id = ${companyId} AND starts_at = since AND trunk_id = trunk`,
  );
  await transaction.execute(
    'trunk_quarters.fill',
    sql`INSERT INTO trunk_quarters (company_id, starts_at, trunk_id, calls, peak, peak_at)
      SELECT ${companyId}, since, trunk_id, sum(n), max(n), (array_agg(second ORDER BY n DESC, second))[1]
      FROM (
        SELECT since, trunk_id, date_trunc('second', started_at) AS second, count(*) AS n
        FROM ${rows} JOIN call_legs ON trunk_id = trunk AND started_at >= since AND started_at < until
        WHERE company_id = ${companyId}
        GROUP BY since, trunk_id, date_trunc('second', started_at)
      ) seconds
      GROUP BY since, trunk_id`,
  );
}

/** Makes days of all trunks anew from their quarters. */
export async function refreshTrunkDays(transaction: Transaction, days: readonly Day[]): Promise<void> {
  await refreshSpans(transaction, 'trunk_days', days, (rows, companyId) => {
    return sql`INSERT INTO trunk_days (company_id, starts_at, trunk_id, calls, peak, peak_at)
      SELECT ${companyId}, since, trunk_id, sum(calls), max(peak), (array_agg(peak_at ORDER BY peak DESC, peak_at))[1]
      FROM ${rows} JOIN trunk_quarters ON starts_at >= since AND starts_at < until
      WHERE company_id = ${companyId}
      GROUP BY since, trunk_id`;
  });
}

/** Makes quarters anew from the legs that began or ended in them. */
export async function refreshLegQuarters(transaction: Transaction, quarters: readonly Instant[]): Promise<void> {
  const spans = quarters.map((from) => ({ from, to: from + QUARTER_MS }));
  await refreshSpans(transaction, 'leg_quarters', spans, (rows, companyId) => {
    return sql`INSERT INTO leg_quarters (company_id, starts_at, ends_at, net, most, area)
      SELECT ${companyId}, since, until, net, most, area FROM (${legSegments(companyId, rows, sql``)}) segments`;
  });
}

/** Makes days anew by putting their quarters together; between them nothing changes, and it is no more than in the one before. */
export async function refreshLegDays(transaction: Transaction, days: readonly Day[]): Promise<void> {
  await refreshSpans(transaction, 'leg_days', days, (rows, companyId) => {
    return sql`INSERT INTO leg_days (company_id, starts_at, ends_at, net, most, area)
      SELECT ${companyId}, since, until, sum(net),
        greatest(
          max(before + most),
          CASE WHEN min(starts_at) > since THEN 0 END
        ),
        sum(before * ${milliseconds(sql`ends_at - starts_at`)} + area + (before + net) * ${milliseconds(sql`next_at - ends_at`)})
      FROM (
        SELECT since, until, starts_at, ends_at, net, most, area,
          sum(net) OVER in_time - net AS before, lead(starts_at, 1, until) OVER in_time AS next_at
        FROM ${rows} JOIN leg_quarters ON starts_at >= since AND starts_at < until
        WHERE company_id = ${companyId}
        WINDOW in_time AS (PARTITION BY since ORDER BY starts_at)
      ) quarters
      GROUP BY since, until`;
  });
}

async function refreshSpans(
  transaction: Transaction,
  table: 'trunk_days' | 'leg_quarters' | 'leg_days',
  spans: readonly Day[],
  fill: (rows: Sql, companyId: string) => Sql,
): Promise<void> {
  if (spans.length === 0) return;
  const { companyId } = transaction;
  const starts = spans.map(({ from }) => timestamp(from));
  const rows = sql`unnest(${starts}::timestamptz[], ${spans.map(({ to }) => timestamp(to))}::timestamptz[])
    AS span(since, until)`;
  await transaction.execute(
    `${table}.clear`,
    sql`DELETE FROM ${TABLES[table]} WHERE company_id = ${companyId} AND starts_at = ANY(${starts}::timestamptz[])`,
  );
  await transaction.execute(`${table}.fill`, fill(rows, companyId));
}

const TABLES = { trunk_days: sql`trunk_days`, leg_quarters: sql`leg_quarters`, leg_days: sql`leg_days` } as const;
