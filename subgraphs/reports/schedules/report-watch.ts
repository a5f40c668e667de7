import { randomUUID } from 'node:crypto';
import { readCompany } from '#platform/companies';
import type { JobWatch } from '#platform/jobs';
import { EXPIRE_REPORTS } from '../reports/expire-reports.job.ts';
import { nextExpiry } from '../reports/expire-reports.ts';
import { lockDue, setDue } from './report-work.ts';
import { runSchedules } from './run-schedules.ts';

/** When a company is looked at again where nothing is known to fall due, and where files are being removed. */
const AGAIN_MS = { idle: 7 * 86_400_000, removing: 3_600_000 };

/**
 * Orders the reports of schedules that are due, and has files removed whose keeping time has ended. The list also holds every
 * registered company that has not been looked at yet.
 */
export const REPORT_WATCH: JobWatch = {
  workList: 'report_due',
  async enqueueDue(transaction, jobs, now, config) {
    await lockDue(transaction, now);
    const company = await readCompany(transaction);
    const nextRun = await runSchedules(transaction, company, config, { jobs, newId: randomUUID, now });
    const expiry = await nextExpiry(transaction);
    const isExpired = expiry !== undefined && expiry <= now;
    if (isExpired) await jobs.enqueue(transaction, EXPIRE_REPORTS, randomUUID(), {});
    const moments = [nextRun, isExpired ? now + AGAIN_MS.removing : expiry, now + AGAIN_MS.idle];
    await setDue(transaction, Math.min(...moments.filter((at) => at !== undefined)));
  },
};
