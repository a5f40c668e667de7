import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { InvoiceSnapshot } from './invoice-snapshot.ts';

export type InvoiceKind = 'MONTHLY' | 'TOP_UP';
export type InvoiceStatus = 'OPEN' | 'PARTIALLY_PAID' | 'PAID' | 'VOID';

/** An invoice with its document, as it is read. Instants are epoch milliseconds, amounts whole millionths as text. */
export interface InvoiceRow {
  id: string;
  kind: InvoiceKind;
  status: InvoiceStatus;
  number: string;
  created_at: number;
  updated_at: number;
  /** YYYY-MM-DD; null for top-ups. */
  period_start: string | null;
  period_end: string | null;
  amount_micros: string;
  paid_micros: string;
  snapshot: InvoiceSnapshot;
  pdf_file_id: string | null;
}

/** Columns of an InvoiceRow. */
export const INVOICE_COLUMNS: Sql = sql`id, kind, status, number, created_at, updated_at, period_start::text AS period_start,
  period_end::text AS period_end, amount_micros, paid_micros, snapshot, pdf_file_id`;

/** An invoice by its id or its number; undefined where the transaction's company has none. */
export async function findInvoice(
  transaction: Transaction,
  key: { id: string } | { number: string },
): Promise<InvoiceRow | undefined> {
  const condition = 'id' in key ? sql`id = ${key.id}` : sql`number = ${key.number}`;
  const [row] = await transaction.query<InvoiceRow>(
    'invoices.find',
    sql`SELECT ${INVOICE_COLUMNS} FROM invoices WHERE company_id = ${transaction.companyId} AND ${condition}`,
  );
  return row;
}

/** An invoice by its number, locked until the transaction ends; undefined where the company has none. */
export async function lockInvoice(transaction: Transaction, number: string): Promise<InvoiceRow | undefined> {
  const [row] = await transaction.query<InvoiceRow>(
    'invoices.lock',
    sql`SELECT ${INVOICE_COLUMNS} FROM invoices
      WHERE company_id = ${transaction.companyId} AND number = ${number} FOR UPDATE`,
  );
  return row;
}

/** Adds a payment to what is paid of a locked invoice, and moves its status. */
export async function writePaid(
  transaction: Transaction,
  invoice: InvoiceRow,
  micros: bigint,
  now: number,
): Promise<void> {
  const paid = BigInt(invoice.paid_micros) + micros;
  const status = statusOf(BigInt(invoice.amount_micros), paid);
  await transaction.execute(
    'invoices.pay',
    sql`UPDATE invoices SET paid_micros = ${String(paid)}, status = ${status},
        updated_at = greatest(updated_at, ${timestamp(now)}::timestamptz)
      WHERE company_id = ${transaction.companyId} AND id = ${invoice.id}`,
  );
}

/** Status of an invoice that is not void. */
export function statusOf(amountMicros: bigint, paidMicros: bigint): Exclude<InvoiceStatus, 'VOID'> {
  if (paidMicros >= amountMicros) return 'PAID';
  return paidMicros > 0n ? 'PARTIALLY_PAID' : 'OPEN';
}
