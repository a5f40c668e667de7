import { type Sql, sql } from '#platform/database';

/**
 * How the number of legs at once changes within intervals, from the legs themselves: rows (since, until, net, most, area), none
 * for an interval in which no leg began or ended. A leg is there from its start up to and without its end; one that ended
 * where it began, and one that still runs, are not in it.
 * @param intervals rows (since, until) with an alias
 * @param legs further conditions on a leg, each beginning with AND
 */
export function legSegments(companyId: string, intervals: Sql, legs: Sql): Sql {
  const events = (at: Sql, count: Sql) => sql`SELECT ${at} AS at, ${count} AS n FROM call_legs
    WHERE company_id = ${companyId} AND ${at} >= since AND ${at} < until AND over_at > started_at${legs}`;
  return sql`SELECT since, until, sum(n) AS net,
      greatest(max(level), CASE WHEN min(at) > since THEN 0 END) AS most,
      sum(level * ${milliseconds(sql`next_at - at`)}) AS area
    FROM (
      SELECT since, until, at, n, sum(n) OVER in_time AS level, lead(at, 1, until) OVER in_time AS next_at
      FROM ${intervals} CROSS JOIN LATERAL (
        SELECT at, sum(n) AS n
        FROM (${events(sql`started_at`, sql`1`)} UNION ALL ${events(sql`over_at`, sql`-1`)}) events
        GROUP BY at
      ) instants
      WINDOW in_time AS (PARTITION BY since ORDER BY at)
    ) levels
    GROUP BY since, until`;
}

/** An interval of PostgreSQL as whole milliseconds. */
export function milliseconds(interval: Sql): Sql {
  return sql`(extract(epoch FROM ${interval}) * 1000)`;
}
