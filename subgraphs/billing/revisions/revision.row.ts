import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { InvoiceSnapshot, RevisionReason } from '../invoices/invoice-snapshot.ts';
import type { StaffMember } from '../staff/staff-member.ts';

/** A revision of an invoice, as it is read. Instants are epoch milliseconds, amounts whole millionths as text. */
export interface RevisionRow {
  id: string;
  invoice_id: string;
  /** 1, 2, 3, ... */
  number: number;
  reason: RevisionReason;
  amount_micros: string;
  /** Paid already for the period. */
  stated_micros: string;
  revised_at: number;
  by_name: string;
  by_email: string;
  comment: string | null;
  snapshot: InvoiceSnapshot;
}

const COLUMNS: Sql = sql`id, invoice_id, number, reason, amount_micros, stated_micros, revised_at, by_name, by_email, comment, snapshot`;

/** The revisions of some invoices, in the order of their numbers. */
export function findRevisions(transaction: Transaction, invoiceIds: readonly string[]): Promise<RevisionRow[]> {
  return transaction.query<RevisionRow>(
    'invoice_revisions.of_invoices',
    sql`SELECT ${COLUMNS} FROM invoice_revisions
      WHERE company_id = ${transaction.companyId} AND invoice_id = ANY(${invoiceIds}::text[]) ORDER BY number`,
  );
}

/** One revision of an invoice by its number; undefined where there is none. */
export async function findRevision(
  transaction: Transaction,
  invoiceId: string,
  number: number,
): Promise<RevisionRow | undefined> {
  const [row] = await transaction.query<RevisionRow>(
    'invoice_revisions.find',
    sql`SELECT ${COLUMNS} FROM invoice_revisions
      WHERE company_id = ${transaction.companyId} AND invoice_id = ${invoiceId} AND number = ${number}`,
  );
  return row;
}

/** Revisions by their ids, in any order. */
export function findRevisionsById(transaction: Transaction, ids: readonly string[]): Promise<RevisionRow[]> {
  return transaction.query<RevisionRow>(
    'invoice_revisions.by_id',
    sql`SELECT ${COLUMNS} FROM invoice_revisions WHERE company_id = ${transaction.companyId} AND id = ANY(${ids}::text[])`,
  );
}

/** Adds what a snapshot says of a revision of an invoice. */
export async function insertRevision(
  transaction: Transaction,
  revision: { id: string; invoiceId: string; snapshot: InvoiceSnapshot; by: StaffMember },
): Promise<void> {
  const { id, invoiceId, snapshot, by } = revision;
  if (!snapshot.revision) throw new Error('the snapshot of a revision names none');
  const { number, reason, statedMicros, revisedAt, comment } = snapshot.revision;
  await transaction.execute(
    'invoice_revisions.insert',
    sql`INSERT INTO invoice_revisions (company_id, ${COLUMNS})
      VALUES (${transaction.companyId}, ${id}, ${invoiceId}, ${number}, ${reason}, ${snapshot.amountMicros}, ${statedMicros},
        ${timestamp(revisedAt)}, ${by.fullName}, ${by.email}, ${comment}, ${JSON.stringify(snapshot)})`,
  );
}
