import type { Transaction } from '#platform/database';
import { type InvoiceRow, lockInvoice } from '../invoices/invoice.row.ts';
import type { Refusal } from '../money/read-amount.ts';

/**
 * The invoice that staff means, locked, in the state that staff has seen; else the refusal: it is not there, it is void, or
 * somebody else has revised it in between.
 */
export async function lockExpected(
  transaction: Transaction,
  { invoiceId, expectedRevision }: { invoiceId: string; expectedRevision: number },
): Promise<InvoiceRow | { refusal: Refusal }> {
  const invoice = await lockInvoice(transaction, { id: invoiceId });
  if (!invoice) {
    const id = JSON.stringify(invoiceId.slice(0, 100));
    return refuse('invoiceId', 'INVOICE_NOT_FOUND', `the company has no invoice ${id}; take an id from its list.`);
  }
  if (invoice.status === 'VOID') {
    return refuse('invoiceId', 'INVOICE_VOID', `invoice ${invoice.number} is void and stays as it is.`);
  }
  if (invoice.revision !== expectedRevision) {
    const stands = invoice.revision === 0 ? 'has no revision' : `has revision ${invoice.revision} as its latest`;
    const message = `invoice ${invoice.number} ${stands}, not ${expectedRevision}; look at it again, then repeat this.`;
    return refuse('expectedRevision', 'CONFLICT', message);
  }
  return invoice;
}

function refuse(field: string, code: string, message: string): { refusal: Refusal } {
  return { refusal: { field: ['input', field], code, message: `${field}: ${message}` } };
}
