import { sql, type Transaction } from '#platform/database';
import { forgetFile } from '#platform/files';
import type { JobQueue } from '#platform/jobs';
import { GENERATE_REPORT } from './generate-report.job.ts';
import { lockReport } from './read-reports.ts';
import { type ReportFault, reportNotFound } from './report-fields.ts';

/** Removes a report and takes its job back. Gives the file whose bytes are to be removed once this is committed. */
export async function deleteReport(
  transaction: Transaction,
  id: string,
  jobs: JobQueue,
): Promise<{ id: string; fileId: string | undefined } | ReportFault> {
  const report = await lockReport(transaction, id);
  if (!report) return reportNotFound(id);
  await transaction.execute(
    'reports.delete',
    sql`DELETE FROM reports WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  if (report.file) await forgetFile(transaction, report.file.id);
  if (report.status === 'GENERATING') await jobs.cancel(transaction, GENERATE_REPORT, report.jobId);
  return { id, fileId: report.file?.id };
}
