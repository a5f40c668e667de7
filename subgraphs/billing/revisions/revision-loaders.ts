import { readCompany } from '#platform/companies';
import type { RequestContext } from '#platform/graphql';
import { keyedLoader } from '../invoices/invoice-loaders.ts';
import type { InvoiceRevision } from './invoice-revision.type.ts';
import { findRevisions, findRevisionsById } from './revision.row.ts';
import { toRevision } from './to-revision.ts';

/** Loads the revisions of invoices, in the order of their numbers. */
export function revisionsLoader(context: RequestContext) {
  return keyedLoader<InvoiceRevision[]>(context, async (transaction, invoiceIds) => {
    const company = await readCompany(transaction);
    const byInvoice = Map.groupBy(await findRevisions(transaction, invoiceIds), (row) => row.invoice_id);
    return invoiceIds.map((id) => (byInvoice.get(id) ?? []).map((row) => toRevision(company, row)));
  });
}

/** Loads revisions by their own ids. */
export function revisionLoader(context: RequestContext) {
  return keyedLoader<InvoiceRevision | null>(context, async (transaction, ids) => {
    const company = await readCompany(transaction);
    const byId = new Map((await findRevisionsById(transaction, ids)).map((row) => [row.id, toRevision(company, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}
