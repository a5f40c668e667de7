import type { CompanyId, Database } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import { renderInvoiceDocument } from './render-invoice-document.ts';

/** Documents that are being made in this process, by company and invoice, of each database. */
const underWay = new WeakMap<Database, Map<string, Promise<void>>>();

/**
 * Has the document of an invoice made in the background, one after another, and gives the promise of its end, which never fails:
 * a failure is logged, and the next reader of the invoice has it tried again.
 */
export function startInvoiceDocument(context: RequestContext, companyId: CompanyId, invoiceId: string): Promise<void> {
  const { database, files, clock, logger } = context;
  const known = underWay.get(database) ?? new Map<string, Promise<void>>();
  underWay.set(database, known);
  const key = `${companyId}/${invoiceId}`;
  const last = known.get(key);
  if (last) return last;
  const before = [...known.values()].at(-1) ?? Promise.resolve();
  const options = { database, store: files.store, companyId, invoiceId, now: clock.now() };
  const document = before
    .then(() => renderInvoiceDocument(options))
    .catch((error) => logger.error({ err: error, companyId, invoiceId }, 'the document of an invoice was not made'))
    .finally(() => known.delete(key));
  known.set(key, document);
  return document;
}

/** Waits for a document, but no longer than a time. */
export async function waitForDocument(document: Promise<void>, timeoutMs: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([document, late]);
  clearTimeout(timer);
}
