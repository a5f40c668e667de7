import { join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { selectReports } from './read-reports.ts';
import type { ReportService, ReportStatus, StoredReport } from './report-fields.ts';

/** Which reports a list holds; empty lists restrict nothing. */
export interface ReportRestrictions {
  readonly search: string;
  readonly added: { readonly from: number; readonly to: number } | undefined;
  readonly statuses: readonly ReportStatus[];
  readonly services: readonly ReportService[];
}

export interface ReportCounts {
  all: number;
  generated: number;
  generating: number;
  error: number;
}

/** Name of the list and its order in cursors. */
export const REPORT_LIST = 'reports';

/** A page of reports, newest first. */
export async function listReports(
  transaction: Transaction,
  restrictions: ReportRestrictions,
  page: Page,
): Promise<ConnectionOf<StoredReport>> {
  const { where, orderAndLimit } = pageClauses(page, sql`added_at`, sql`reports.id`, timestamp);
  const { statuses } = restrictions;
  const reports = await selectReports(
    transaction,
    'reports.list',
    sql`${besidesStatus(restrictions)}${anyOf(sql`status`, statuses)}${where}${orderAndLimit}`,
  );
  const count = async () => {
    const { total } = await countReports(transaction, restrictions);
    return total;
  };
  return toConnection(page, REPORT_LIST, reports, ({ addedAt, id }) => ({ at: addedAt, id }), count);
}

/**
 * How many reports there are by status, whatever statuses the list is restricted to; `total` is how many the list itself has.
 */
export async function countReports(
  transaction: Transaction,
  restrictions: ReportRestrictions,
): Promise<ReportCounts & { total: number }> {
  const rows = await transaction.query<{ status: ReportStatus; count: string }>(
    'reports.count',
    sql`SELECT status, count(*) AS count FROM reports
      WHERE company_id = ${transaction.companyId}${besidesStatus(restrictions)} GROUP BY status`,
  );
  const counted = new Map(rows.map(({ status, count }) => [status, Number(count)]));
  const sum = (statuses: readonly ReportStatus[]) => statuses.reduce((all, name) => all + (counted.get(name) ?? 0), 0);
  const every = [...counted.keys()];
  return {
    all: sum(every),
    generated: sum(['GENERATED']),
    generating: sum(['GENERATING']),
    error: sum(['ERROR']),
    total: sum(restrictions.statuses.length === 0 ? every : restrictions.statuses),
  };
}

function besidesStatus({ search, added, services }: ReportRestrictions): Sql {
  const name = search === '' ? sql`` : sql` AND reports.name ILIKE ${`%${escapePattern(search)}%`}`;
  const period = added ? sql` AND added_at >= ${timestamp(added.from)} AND added_at < ${timestamp(added.to)}` : sql``;
  return join([name, period, anyOf(sql`service`, services)], sql``);
}

function anyOf(column: Sql, values: readonly string[]): Sql {
  return values.length === 0 ? sql`` : sql` AND ${column} = ANY(${values}::text[])`;
}

/** What is searched for stands for itself: per cent, underline and backslash too. */
function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
