import type { Job } from '#platform/jobs';
import { generateReport } from './generate-report.ts';
import { failAttempt } from './report-attempt.ts';

/** Which report, and which request for it: an older one has nothing to say any more. */
export interface GenerateReportPayload {
  reportId: string;
  attempt: number;
}

export const GENERATE_REPORT: Job<GenerateReportPayload> = {
  name: 'generate-report',
  retryLimit: 4,
  retryDelaySeconds: 5,
  concurrency: 3,
  companyConcurrency: 1,
  // Workers that die are noticed by their silence; this is for one that hangs. A million rows take minutes.
  leaseSeconds: 4 * 3600,
  run: ({ reportId, attempt }, context) => generateReport({ id: reportId, attempt }, context),
  async giveUp({ reportId, attempt }, { database, companyId }) {
    const failure = {
      code: 'GENERATION_FAILED',
      message: 'the report could not be formed, however often it was tried; generate it again.',
      retryable: true,
    };
    await database.write(companyId, (transaction) => failAttempt(transaction, { id: reportId, attempt }, failure));
  },
};
