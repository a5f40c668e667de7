import type { Job, JobContext } from '#platform/jobs';
import { expireReports } from './expire-reports.ts';

/** Removes the files of a company whose keeping time has ended. */
export const EXPIRE_REPORTS: Job = {
  name: 'expire-reports',
  retryLimit: 4,
  retryDelaySeconds: 30,
  leaseSeconds: 900,
  run: (_, context) => removeExpired(context),
  // The company is looked at again within the hour.
  async giveUp() {},
};

async function removeExpired({ database, companyId, files, clock, signal }: JobContext): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const removed = await database.write(companyId, (transaction) => expireReports(transaction, clock.now()));
    if (removed.length === 0) return;
    for (const id of removed) await files.store.remove(id);
  }
}
