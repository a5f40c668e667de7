import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { InvoiceSnapshot } from './invoice-snapshot.ts';

export type InvoiceKind = 'MONTHLY' | 'TOP_UP';
export type InvoiceStatus = 'OPEN' | 'PARTIALLY_PAID' | 'PAID' | 'VOID';

/** An invoice with its latest revision, as it is read. Instants are epoch milliseconds, amounts whole millionths as text. */
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
  /** Payable, as the latest revision has it. */
  amount_micros: string;
  paid_micros: string;
  /** Paid already, as the latest revision states. */
  stated_micros: string;
  /** Number of the latest revision; 0: none. */
  revision: number;
  issued: InvoiceSnapshot;
  /** Of the latest revision; as issued where there is none. */
  latest: InvoiceSnapshot;
}

/** Where InvoiceRows are read from; `invoice` is the row that conditions are about. */
export const INVOICES: Sql = sql`invoices AS invoice LEFT JOIN invoice_revisions AS revised
  ON revised.company_id = invoice.company_id AND revised.invoice_id = invoice.id AND revised.number = invoice.revision`;

/** Columns of an InvoiceRow. */
export const INVOICE_COLUMNS: Sql = sql`invoice.id, invoice.kind, invoice.status, invoice.number, invoice.created_at,
  invoice.updated_at, invoice.period_start::text AS period_start, invoice.period_end::text AS period_end,
  invoice.amount_micros, invoice.paid_micros, invoice.stated_micros, invoice.revision, invoice.snapshot AS issued,
  coalesce(revised.snapshot, invoice.snapshot) AS latest`;

/** What one invoice is named by. */
export type InvoiceKey = { id: string } | { number: string };

/** An invoice by its id or its number; undefined where the transaction's company has none. */
export function findInvoice(transaction: Transaction, key: InvoiceKey): Promise<InvoiceRow | undefined> {
  return selectInvoice(transaction, 'invoices.find', key, sql``);
}

/** An invoice, locked until the transaction ends; undefined where the company has none. */
export function lockInvoice(transaction: Transaction, key: InvoiceKey): Promise<InvoiceRow | undefined> {
  return selectInvoice(transaction, 'invoices.lock', key, sql` FOR UPDATE OF invoice`);
}

async function selectInvoice(
  transaction: Transaction,
  name: string,
  key: InvoiceKey,
  locking: Sql,
): Promise<InvoiceRow | undefined> {
  const value = 'id' in key ? key.id : key.number;
  if (!value.isWellFormed() || value.includes('\0')) return undefined;
  const condition = 'id' in key ? sql`invoice.id = ${key.id}` : sql`invoice.number = ${key.number}`;
  const [row] = await transaction.query<InvoiceRow>(
    name,
    sql`SELECT ${INVOICE_COLUMNS} FROM ${INVOICES}
      WHERE invoice.company_id = ${transaction.companyId} AND ${condition}${locking}`,
  );
  return row;
}

/** Adds an invoice, as its snapshot says. A month that has an invoice already is refused by the database. */
export async function insertInvoice(
  transaction: Transaction,
  id: string,
  snapshot: InvoiceSnapshot,
  covers: { from: number; to: number },
): Promise<void> {
  const { kind, number, period, amountMicros } = snapshot;
  const createdAt = timestamp(snapshot.createdAt);
  const status = statusOf(BigInt(amountMicros), 0n);
  await transaction.execute(
    'invoices.insert',
    sql`INSERT INTO invoices (company_id, id, kind, number, status, created_at, updated_at, covers_from, covers_to,
        period_start, period_end, amount_micros, snapshot)
      VALUES (${transaction.companyId}, ${id}, ${kind}, ${number}, ${status}, ${createdAt}, ${createdAt},
        ${timestamp(covers.from)}, ${timestamp(covers.to)}, ${period?.start ?? null}, ${period?.end ?? null},
        ${amountMicros}, ${JSON.stringify(snapshot)})`,
  );
}

/** Adds a payment to what is paid of a locked invoice, and moves its status. */
export async function writePaid(
  transaction: Transaction,
  invoice: InvoiceRow,
  micros: bigint,
  now: number,
): Promise<void> {
  const paid = BigInt(invoice.paid_micros) + micros;
  const status = statusOf(BigInt(invoice.amount_micros), paid + BigInt(invoice.stated_micros));
  await updateInvoice(transaction, invoice.id, sql`paid_micros = ${String(paid)}, status = ${status}`, now);
}

/** Makes a revision the latest one of a locked invoice, and moves its status. */
export async function writeRevision(
  transaction: Transaction,
  invoice: InvoiceRow,
  revision: { number: number; amountMicros: bigint; statedMicros: bigint },
  now: number,
): Promise<void> {
  const { number, amountMicros, statedMicros } = revision;
  const status = statusOf(amountMicros, BigInt(invoice.paid_micros) + statedMicros);
  const changes = sql`revision = ${number}, amount_micros = ${String(amountMicros)},
    stated_micros = ${String(statedMicros)}, status = ${status}`;
  await updateInvoice(transaction, invoice.id, changes, now);
}

/** Changes a row and says so in updated_at, which advances with every change. */
export async function updateInvoice(transaction: Transaction, id: string, changes: Sql, now: number): Promise<void> {
  const updated = await transaction.execute(
    'invoices.update',
    sql`UPDATE invoices SET ${changes},
        updated_at = greatest(updated_at + interval '1 millisecond', ${timestamp(now)}::timestamptz)
      WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  if (updated !== 1) throw new Error(`there is no invoice ${id} to change`);
}

/** Status of an invoice that is not void. What is paid holds payments and what the latest revision states. */
export function statusOf(amountMicros: bigint, paidMicros: bigint): Exclude<InvoiceStatus, 'VOID'> {
  if (paidMicros >= amountMicros) return 'PAID';
  return paidMicros > 0n ? 'PARTIALLY_PAID' : 'OPEN';
}
