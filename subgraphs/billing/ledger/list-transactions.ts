import { join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { ENTRY_COLUMNS, type EntryRow, type TransactionType } from './ledger.ts';

/** Name of the list in cursors. */
export const TRANSACTION_LIST = 'transactions by payment date';

/** Which entries of the ledger a list holds. */
export interface TransactionScope {
  types: readonly TransactionType[];
  /** On the payment date; epoch milliseconds, [from, to). */
  period: { from: number; to: number } | null;
}

/** A page of the ledger, newest first by the payment date, then by id. */
export async function listTransactions(
  transaction: Transaction,
  scope: TransactionScope,
  page: Page,
): Promise<ConnectionOf<EntryRow>> {
  const conditions = sql`company_id = ${transaction.companyId} AND type = ANY(${scope.types}::text[])${within(scope)}`;
  const { where, orderAndLimit } = pageClauses(page, sql`paid_at`, sql`id`, timestamp);
  const rows = await transaction.query<EntryRow>(
    'ledger.list',
    sql`SELECT ${ENTRY_COLUMNS} FROM ledger WHERE ${join([conditions, where, orderAndLimit], sql``)}`,
  );
  const count = async () => {
    const [row] = await transaction.query<{ count: string }>(
      'ledger.count',
      sql`SELECT count(*) AS count FROM ledger WHERE ${conditions}`,
    );
    return Number(row?.count);
  };
  return toConnection(page, TRANSACTION_LIST, rows, ({ paid_at: at, id }) => ({ at, id }), count);
}

/** The entries of some invoices, in the order of booking. */
export async function transactionsOfInvoices(
  transaction: Transaction,
  invoiceIds: readonly string[],
): Promise<EntryRow[]> {
  return transaction.query<EntryRow>(
    'ledger.of_invoices',
    sql`SELECT ${ENTRY_COLUMNS} FROM ledger
      WHERE company_id = ${transaction.companyId} AND invoice_id = ANY(${invoiceIds}::text[]) ORDER BY entry`,
  );
}

function within({ period }: TransactionScope): Sql {
  return period ? sql` AND paid_at >= ${timestamp(period.from)} AND paid_at < ${timestamp(period.to)}` : sql``;
}
