import type { Transaction } from '#platform/database';
import { findInvoice } from '../invoices/invoice.row.ts';
import type { InvoiceSnapshot } from '../invoices/invoice-snapshot.ts';
import { findRevision } from '../revisions/revision.row.ts';
import type { DocumentKey } from './invoice-document.row.ts';

/** What a document is made from, and the id of the revision that it belongs to; null as issued. */
export interface DocumentSource {
  snapshot: InvoiceSnapshot;
  revisionId: string | null;
}

/** The source of a document; undefined where the company has no such invoice or revision. */
export async function readDocumentSource(
  transaction: Transaction,
  { invoiceId, revision }: DocumentKey,
): Promise<DocumentSource | undefined> {
  if (revision === 0) {
    const invoice = await findInvoice(transaction, { id: invoiceId });
    return invoice && { snapshot: invoice.issued, revisionId: null };
  }
  const revised = await findRevision(transaction, invoiceId, revision);
  return revised && { snapshot: revised.snapshot, revisionId: revised.id };
}

/** `<number>_<YYYY-MM-DD>.pdf`, with the number of the revision where it is one. */
export function documentFileName(
  { number, createdOn, revision }: Pick<InvoiceSnapshot, 'number' | 'createdOn' | 'revision'>,
  ending: 'pdf' | 'xml',
): string {
  return `${number}_${createdOn}${revision ? `_revision-${revision.number}` : ''}.${ending}`;
}
