import { sql, type Transaction } from '#platform/database';
import { GENERATE_REPORT } from './generate-report.job.ts';
import type { OrderOptions } from './order-report.ts';
import { lockReport } from './read-reports.ts';
import { type ReportFault, reportNotFound } from './report-fields.ts';

/** Has a report made anew under its id; its file stays until the new one is formed. */
export async function regenerateReport(
  transaction: Transaction,
  id: string,
  { jobs, newId }: Pick<OrderOptions, 'jobs' | 'newId'>,
): Promise<{ id: string } | ReportFault> {
  const report = await lockReport(transaction, id);
  if (!report) return reportNotFound(id);
  if (report.status === 'GENERATING') {
    return {
      field: ['id'],
      code: 'ALREADY_GENERATING',
      message: 'this report is being made; wait until it is formed.',
    };
  }
  const jobId = newId();
  const attempt = report.attempt + 1;
  await transaction.execute(
    'reports.regenerate',
    sql`UPDATE reports SET status = 'GENERATING', attempt = ${attempt}, job_id = ${jobId}, progress = 0, error_code = NULL,
        error_message = NULL, error_retryable = NULL
      WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  await jobs.enqueue(transaction, GENERATE_REPORT, jobId, { reportId: id, attempt });
  return { id };
}
