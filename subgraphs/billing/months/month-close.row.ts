import { join, type Sql, sql, type Transaction } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';

export type MonthCloseStatus = 'CLOSING' | 'INVOICED' | 'BLOCKED_DETAILS' | 'NO_USAGE' | 'FAILED';

/** How a month of a company closed. */
export interface MonthCloseRow {
  company_id: string;
  /** Its first day, YYYY-MM-01. */
  month: string;
  status: MonthCloseStatus;
  /** Details of the company that were missing; empty unless it was blocked by them. */
  missing_fields: string[];
  invoice_id: string | null;
}

/** Name of the list in cursors. */
export const MONTH_CLOSE_LIST = 'month closes by company';

const COLUMNS: Sql = sql`company_id, month::text AS month, status, missing_fields, invoice_id`;

/** How a month of the transaction's company closed; undefined where nobody has begun to close it. */
export async function findMonthClose(transaction: Transaction, month: string): Promise<MonthCloseRow | undefined> {
  const [row] = await transaction.query<MonthCloseRow>(
    'month_close.find',
    sql`SELECT ${COLUMNS} FROM month_close WHERE company_id = ${transaction.companyId} AND month = ${month}`,
  );
  return row;
}

/** Those of some months of the transaction's company that somebody has begun to close. */
export async function begunMonths(transaction: Transaction, months: readonly string[]): Promise<Set<string>> {
  const rows = await transaction.query<{ month: string }>(
    'month_close.begun',
    sql`SELECT month::text AS month FROM month_close
      WHERE company_id = ${transaction.companyId} AND month = ANY(${months}::date[])`,
  );
  return new Set(rows.map(({ month }) => month));
}

/** Months of the transaction's company that wait for its details. */
export async function blockedMonths(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.query<{ month: string }>(
    'month_close.blocked',
    sql`SELECT month::text AS month FROM month_close
      WHERE company_id = ${transaction.companyId} AND status = 'BLOCKED_DETAILS' ORDER BY month`,
  );
  return rows.map(({ month }) => month);
}

/** Says how a month of the transaction's company stands; one that has its invoice stays as it is. */
export async function writeMonthClose(
  transaction: Transaction,
  month: string,
  close: { status: MonthCloseStatus; missingFields?: readonly string[]; invoiceId?: string },
): Promise<void> {
  const { status, missingFields = [], invoiceId = null } = close;
  await transaction.execute(
    'month_close.write',
    sql`INSERT INTO month_close AS known (company_id, month, status, missing_fields, invoice_id)
      VALUES (${transaction.companyId}, ${month}, ${status}, ${missingFields}::text[], ${invoiceId})
      ON CONFLICT (company_id, month) DO UPDATE
        SET status = excluded.status, missing_fields = excluded.missing_fields, invoice_id = excluded.invoice_id
        WHERE known.status <> 'INVOICED'`,
  );
}

/** A page of how a month closed over all companies, by number descending. The transaction is of no company. */
export async function listMonthCloses(
  transaction: Transaction,
  scope: { month: string; statuses: readonly MonthCloseStatus[] | null },
  page: Page,
): Promise<ConnectionOf<MonthCloseRow>> {
  const { month, statuses } = scope;
  const restriction = statuses ? sql` AND status = ANY(${statuses}::text[])` : sql``;
  const conditions = sql`month = ${month}${restriction}`;
  // All of one month, so that the number alone orders them; as text of one length it does so by size.
  const number = sql`lpad(company_id::text, ${NUMBER_LENGTH}::integer, '0') COLLATE "C"`;
  const { where, orderAndLimit } = pageClauses(page, sql`month::timestamptz`, number, () => month);
  const rows = await transaction.query<MonthCloseRow>(
    'month_close.list',
    sql`SELECT ${COLUMNS} FROM month_close WHERE ${join([conditions, where, orderAndLimit], sql``)}`,
  );
  const count = async () => {
    const [row] = await transaction.query<{ count: string }>(
      'month_close.count',
      sql`SELECT count(*) AS count FROM month_close WHERE ${conditions}`,
    );
    return Number(row?.count);
  };
  const placeOf = (row: MonthCloseRow) => {
    return { at: Date.parse(row.month), id: row.company_id.padStart(NUMBER_LENGTH, '0') };
  };
  return toConnection(page, MONTH_CLOSE_LIST, rows, placeOf, count);
}

/** Digits of the greatest number of a company. */
const NUMBER_LENGTH = 19;
