import { sql, type Transaction, timestamp } from '#platform/database';
import { type FileRecord, findFiles } from '#platform/files';

/** Which document of a company: of an invoice as issued (revision 0), or as revised. */
export interface DocumentKey {
  invoiceId: string;
  revision: number;
}

/** The two forms of a document. */
export interface DocumentFiles {
  pdf: FileRecord;
  ubl: FileRecord;
}

interface DocumentRow {
  invoice_id: string;
  revision: number;
  pdf_file_id: string;
  ubl_file_id: string;
}

/** A key as text, for maps. */
export function documentId({ invoiceId, revision }: DocumentKey): string {
  return `${invoiceId}/${revision}`;
}

/** Those of some documents that are made, by the texts of their keys. */
export async function findDocuments(
  transaction: Transaction,
  keys: readonly DocumentKey[],
): Promise<Map<string, DocumentFiles>> {
  const rows = await transaction.query<DocumentRow>(
    'invoice_documents.find',
    sql`SELECT invoice_id, revision, pdf_file_id, ubl_file_id FROM invoice_documents
      WHERE company_id = ${transaction.companyId} AND (invoice_id, revision) IN (SELECT * FROM
        unnest(${keys.map(({ invoiceId }) => invoiceId)}::text[], ${keys.map(({ revision }) => revision)}::integer[]))`,
  );
  if (rows.length === 0) return new Map();
  const fileIds = rows.flatMap((row) => [row.pdf_file_id, row.ubl_file_id]);
  const files = new Map((await findFiles(transaction, fileIds)).map((file) => [file.id, file]));
  const fileOf = (id: string) => {
    const file = files.get(id);
    if (!file) throw new Error(`the file ${id} of an invoice is not known`);
    return file;
  };
  return new Map(
    rows.map((row) => [
      documentId({ invoiceId: row.invoice_id, revision: row.revision }),
      { pdf: fileOf(row.pdf_file_id), ubl: fileOf(row.ubl_file_id) },
    ]),
  );
}

/** Keeps a document; false where there is one already, which stands. */
export async function insertDocument(
  transaction: Transaction,
  { invoiceId, revision }: DocumentKey,
  { pdfFileId, ublFileId }: { pdfFileId: string; ublFileId: string },
  now: number,
): Promise<boolean> {
  const inserted = await transaction.execute(
    'invoice_documents.insert',
    sql`INSERT INTO invoice_documents (company_id, invoice_id, revision, pdf_file_id, ubl_file_id, made_at)
      VALUES (${transaction.companyId}, ${invoiceId}, ${revision}, ${pdfFileId}, ${ublFileId}, ${timestamp(now)})
      ON CONFLICT DO NOTHING`,
  );
  return inserted === 1;
}
