import { type Sql, sql, timestamp } from '#platform/database';

const DAY_MS = 86_400_000;
/** Whatever lasts longer has an index of its own; the predicates of those indexes word the same length. */
const LONG_MS = 7 * DAY_MS;

/** Stretches of time in a table: the columns where they begin and end. */
export interface Stretches {
  readonly table: Sql;
  readonly start: Sql;
  /** Null where there is no end yet. */
  readonly end: Sql;
}

/**
 * The rows of a company whose stretch [start, end) meets [from, to): those that begin within it or a few days before, and of
 * earlier ones the long and the open. A FROM item named as the table is; `narrowing` begins with AND.
 */
export function rowsMeeting(
  { table, start, end }: Stretches,
  companyId: string,
  [from, to]: readonly [from: number, to: number],
  narrowing: Sql,
): Sql {
  const earliest = timestamp(from - LONG_MS);
  const meets = sql`(${end} IS NULL OR ${end} > ${timestamp(from)}) AND (${end} IS NULL OR ${end} > ${start})${narrowing}`;
  return sql`(
    SELECT * FROM ${table} WHERE company_id = ${companyId} AND ${start} >= ${earliest} AND ${start} < ${timestamp(to)} AND ${meets}
    UNION ALL
    SELECT * FROM ${table} WHERE company_id = ${companyId} AND ${start} < ${earliest} AND ${start} < ${timestamp(to)}
      AND (${end} IS NULL OR ${end} - ${start} > '7 days') AND ${meets}
  ) AS ${table}`;
}
