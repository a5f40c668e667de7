import type { Database } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import { documentId } from './invoice-document.row.ts';
import { type MakeDocumentsOptions, makeDocuments } from './make-documents.ts';

/** Documents that are being made in this process, by company and document, of each database. */
const underWay = new WeakMap<Database, Map<string, Promise<void>>>();

/** Makes a document, after those that are being made already: they take all of a processor. */
export function queueDocuments(options: MakeDocumentsOptions): Promise<void> {
  const known = underWay.get(options.database) ?? new Map<string, Promise<void>>();
  underWay.set(options.database, known);
  const key = `${options.companyId}/${documentId(options)}`;
  const last = known.get(key);
  if (last) return last;
  const before = [...known.values()].at(-1)?.catch(() => undefined) ?? Promise.resolve();
  const made = before.then(() => makeDocuments(options)).finally(() => known.delete(key));
  known.set(key, made);
  return made;
}

/**
 * Has a document made in the background and gives the promise of its end, which never fails: a failure is logged, and its job
 * or the next reader of the invoice has it tried again.
 */
export async function startDocuments(
  { database, files, clock, logger }: RequestContext,
  document: Pick<MakeDocumentsOptions, 'companyId' | 'invoiceId' | 'revision'>,
): Promise<void> {
  try {
    await queueDocuments({ ...document, database, store: files.store, now: clock.now() });
  } catch (error) {
    logger.error({ err: error, ...document }, 'the documents of an invoice were not made');
  }
}

/** Waits for a document, but no longer than a time. */
export async function waitForDocument(document: Promise<void>, timeoutMs: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([document, late]);
  clearTimeout(timer);
}
