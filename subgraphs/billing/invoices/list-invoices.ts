import { join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { INVOICE_COLUMNS, INVOICES, type InvoiceKind, type InvoiceRow, type InvoiceStatus } from './invoice.row.ts';

/** Name of the list in cursors. */
export const INVOICE_LIST = 'invoices by creation';

/** [from, to), epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** Which invoices a list holds; what is null restricts nothing. */
export interface InvoiceScope {
  kinds: readonly InvoiceKind[] | null;
  statuses: readonly InvoiceStatus[] | null;
  /** Beginning of the number. */
  number: string | null;
  /** Overlaps the billed month; for top-ups holds the creation. */
  period: Span | null;
  createdAt: Span | null;
  updatedAt: Span | null;
}

/** A page of a company's invoices, newest first, then by id. */
export async function listInvoices(
  transaction: Transaction,
  scope: InvoiceScope,
  page: Page,
): Promise<ConnectionOf<InvoiceRow>> {
  const conditions = join([sql`invoice.company_id = ${transaction.companyId}`, ...restrictions(scope)], sql` AND `);
  const { where, orderAndLimit } = pageClauses(page, sql`invoice.created_at`, sql`invoice.id`, timestamp);
  const rows = await transaction.query<InvoiceRow>(
    'invoices.list',
    sql`SELECT ${INVOICE_COLUMNS} FROM ${INVOICES} WHERE ${join([conditions, where, orderAndLimit], sql``)}`,
  );
  const count = async () => {
    const [row] = await transaction.query<{ count: string }>(
      'invoices.count',
      sql`SELECT count(*) AS count FROM invoices AS invoice WHERE ${conditions}`,
    );
    return Number(row?.count);
  };
  return toConnection(page, INVOICE_LIST, rows, ({ created_at: at, id }) => ({ at, id }), count);
}

function restrictions({ kinds, statuses, number, period, createdAt, updatedAt }: InvoiceScope): Sql[] {
  return [
    kinds && sql`invoice.kind = ANY(${kinds}::text[])`,
    statuses && sql`invoice.status = ANY(${statuses}::text[])`,
    number !== null && sql`starts_with(invoice.number, ${number})`,
    period && sql`invoice.covers_from < ${timestamp(period.to)} AND invoice.covers_to > ${timestamp(period.from)}`,
    createdAt && within(sql`invoice.created_at`, createdAt),
    updatedAt && within(sql`invoice.updated_at`, updatedAt),
  ].filter((restriction) => restriction instanceof Object) as Sql[];
}

function within(column: Sql, { from, to }: Span): Sql {
  return sql`${column} >= ${timestamp(from)} AND ${column} < ${timestamp(to)}`;
}
