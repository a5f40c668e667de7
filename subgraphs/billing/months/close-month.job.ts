import { randomUUID } from 'node:crypto';
import type { Transaction } from '#platform/database';
import type { Job, JobQueue } from '#platform/jobs';
import { closeMonth } from './close-month.ts';
import { writeMonthClose } from './month-close.row.ts';

/** Closes a month, called by its first day, of a company. */
export const CLOSE_MONTH: Job<{ month: string }> = {
  name: 'close-month',
  retryLimit: 8,
  retryDelaySeconds: 30,
  leaseSeconds: 600,
  run: ({ month }, context) => closeMonth(month, context),
  giveUp: ({ month }, { database, companyId }) =>
    database.write(companyId, (transaction) => writeMonthClose(transaction, month, { status: 'FAILED' })),
};

/** Puts the closing of a month into the queue, as a part of the transaction. */
export async function enqueueClosing(transaction: Transaction, jobs: JobQueue, month: string): Promise<void> {
  await writeMonthClose(transaction, month, { status: 'CLOSING' });
  await jobs.enqueue(transaction, CLOSE_MONTH, randomUUID(), { month });
}
