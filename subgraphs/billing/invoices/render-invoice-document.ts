import { type CompanyId, type Database, sql, type Transaction, timestamp } from '#platform/database';
import { type FileStore, recordFile } from '#platform/files';
import { recordChange } from '../changes/record-change.ts';
import { findInvoice, type InvoiceRow } from './invoice.row.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';

export interface RenderInvoiceOptions {
  database: Database;
  store: FileStore;
  companyId: CompanyId;
  invoiceId: string;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Makes the document of an issued invoice from its snapshot and keeps it, once: of two that do so at the same time the first
 * one's stands, and an invoice that has its document is left alone. Holds no connection while it renders.
 */
export async function renderInvoiceDocument(options: RenderInvoiceOptions): Promise<void> {
  const { database, store, companyId, invoiceId, now } = options;
  const invoice = await database.read(companyId, (transaction) => findInvoice(transaction, { id: invoiceId }));
  if (!invoice || invoice.pdf_file_id !== null) return;
  const { key: id, ...bytes } = await store.write([await renderInvoicePdf(invoice.snapshot)]);
  const file = { id, name: invoiceFileName(invoice), contentType: 'application/pdf', ...bytes };
  let kept = false;
  try {
    kept = await database.write(companyId, async (transaction) => {
      if (!(await attach(transaction, invoiceId, id, now))) return false;
      await recordFile(transaction, file, now);
      await recordChange(transaction, { kind: 'DOCUMENTS_READY', invoiceId }, now);
      return true;
    });
  } finally {
    if (!kept) await store.remove(id);
  }
}

/** `<number>_<YYYY-MM-DD>.pdf` */
export function invoiceFileName({ number, snapshot }: Pick<InvoiceRow, 'number' | 'snapshot'>): string {
  return `${number}_${snapshot.createdOn}.pdf`;
}

/** Whether the invoice had no document yet, and has this one now. */
async function attach(transaction: Transaction, invoiceId: string, fileId: string, now: number): Promise<boolean> {
  const attached = await transaction.execute(
    'invoices.attach_document',
    sql`UPDATE invoices SET pdf_file_id = ${fileId}, updated_at = greatest(updated_at, ${timestamp(now)}::timestamptz)
      WHERE company_id = ${transaction.companyId} AND id = ${invoiceId} AND pdf_file_id IS NULL`,
  );
  return attached === 1;
}
