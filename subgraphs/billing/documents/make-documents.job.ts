import { randomUUID } from 'node:crypto';
import type { Transaction } from '#platform/database';
import type { Job, JobQueue } from '#platform/jobs';
import { queueDocuments } from './documents-under-way.ts';
import type { DocumentKey } from './invoice-document.row.ts';

/** Makes the documents of an invoice or a revision, wherever whoever issued it was cut off. */
export const MAKE_DOCUMENTS: Job<DocumentKey> = {
  name: 'make-documents',
  retryLimit: 12,
  retryDelaySeconds: 5,
  leaseSeconds: 300,
  run: (document, { companyId, database, files, clock }) =>
    queueDocuments({ ...document, companyId, database, store: files.store, now: clock.now() }),
  async giveUp(document, { companyId, logger }) {
    logger.error(
      { companyId, ...document },
      'the documents of an invoice were given up; they are tried when it is read',
    );
  },
};

/** Puts the making of a document into the queue, with everything else that the transaction does. */
export function enqueueDocuments(transaction: Transaction, jobs: JobQueue, document: DocumentKey): Promise<void> {
  return jobs.enqueue(transaction, MAKE_DOCUMENTS, randomUUID(), document);
}
