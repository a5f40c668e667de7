import { type CompanyId, type Database, sql } from '#platform/database';
import { type FileRecord, type FileStore, recordFile } from '#platform/files';
import { recordChange } from '../changes/record-change.ts';
import { updateInvoice } from '../invoices/invoice.row.ts';
import { documentFileName, readDocumentSource } from './document-snapshot.ts';
import { type DocumentKey, documentId, findDocuments, insertDocument } from './invoice-document.row.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';
import { renderInvoiceUbl } from './invoice-ubl.ts';

export interface MakeDocumentsOptions extends DocumentKey {
  database: Database;
  store: FileStore;
  companyId: CompanyId;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Makes the PDF and the UBL of an invoice or a revision from its snapshot and keeps them, once: of two that do so at the same
 * time the first one's stand, and a document that is there is left alone. Holds no connection while it renders.
 */
export async function makeDocuments(options: MakeDocumentsOptions): Promise<void> {
  const { database, store, companyId } = options;
  const source = await database.read(companyId, async (transaction) => {
    const made = await findDocuments(transaction, [options]);
    return made.has(documentId(options)) ? undefined : readDocumentSource(transaction, options);
  });
  if (!source) return;
  const { snapshot, revisionId } = source;
  const bytes = [
    { ending: 'pdf', contentType: 'application/pdf', body: await renderInvoicePdf(snapshot) },
    { ending: 'xml', contentType: 'application/xml', body: renderInvoiceUbl(snapshot) },
  ] as const;
  const files: FileRecord[] = [];
  let kept = false;
  try {
    for (const { ending, contentType, body } of bytes) {
      const { key: id, ...stored } = await store.write([body]);
      files.push({ id, name: documentFileName(snapshot, ending), contentType, ...stored });
    }
    kept = await keep(options, files, revisionId);
  } finally {
    if (!kept) await Promise.all(files.map(({ id }) => store.remove(id)));
  }
}

/** Records the files with their document; false where it was made by somebody else in the meantime. */
async function keep(
  options: MakeDocumentsOptions,
  files: readonly FileRecord[],
  revisionId: string | null,
): Promise<boolean> {
  const { invoiceId, now } = options;
  const [pdf, ubl] = files;
  if (!pdf || !ubl) throw new Error('a document has two forms');
  return options.database.write(options.companyId, async (transaction) => {
    if (!(await insertDocument(transaction, options, { pdfFileId: pdf.id, ublFileId: ubl.id }, now))) return false;
    for (const file of files) await recordFile(transaction, file, now);
    await updateInvoice(transaction, invoiceId, sql`revision = revision`, now);
    await recordChange(transaction, { kind: 'DOCUMENTS_READY', invoiceId, revisionId }, now);
    return true;
  });
}
