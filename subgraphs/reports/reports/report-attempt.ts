import { sql, type Transaction, timestamp, timestampOrNull } from '#platform/database';
import { type FileRecord, forgetFile, recordFile } from '#platform/files';
import { noteDue } from '../schedules/report-work.ts';
import { lockReport } from './read-reports.ts';
import type { ReportFailure } from './report-fields.ts';

/** One request for a report: the first one or a later one. */
export interface ReportAttempt {
  readonly id: string;
  readonly attempt: number;
}

export interface FormedReport {
  readonly file: FileRecord;
  readonly rowCount: number;
  readonly asOf: number | null;
  /** When the file is to be removed; epoch milliseconds. */
  readonly expiresAt: number;
}

/** Says how far an attempt has come. False where nobody waits for it any more. */
export async function advanceAttempt(
  transaction: Transaction,
  { id, attempt }: ReportAttempt,
  progress: number,
): Promise<boolean> {
  const written = await transaction.execute(
    'reports.advance',
    sql`UPDATE reports SET progress = ${progress}
      WHERE company_id = ${transaction.companyId} AND id = ${id} AND attempt = ${attempt} AND status = 'GENERATING'`,
  );
  return written === 1;
}

/** Ends an attempt with an error; the file of an earlier one stays. Does nothing where nobody waits for it any more. */
export async function failAttempt(
  transaction: Transaction,
  { id, attempt }: ReportAttempt,
  { code, message, retryable }: ReportFailure,
): Promise<void> {
  const report = await lockReport(transaction, id);
  if (report?.status !== 'GENERATING' || report.attempt !== attempt) return;
  await transaction.execute(
    'reports.fail',
    sql`UPDATE reports SET status = 'ERROR', error_code = ${code}, error_message = ${message},
        error_retryable = ${retryable}
      WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  // The earlier file may have outlived its time while another one was being made.
  if (report.file && report.expiresAt !== null) await noteDue(transaction, report.expiresAt);
}

/**
 * Ends an attempt with its file, which takes the place of an earlier one. Gives the files that nobody refers to any more:
 * the earlier one, or this one where nobody waits for it. Their bytes are to be removed once this is committed.
 */
export async function finishAttempt(
  transaction: Transaction,
  { id, attempt }: ReportAttempt,
  { file, rowCount, asOf, expiresAt }: FormedReport,
  now: number,
): Promise<string[]> {
  const report = await lockReport(transaction, id);
  if (report?.status !== 'GENERATING' || report.attempt !== attempt) return [file.id];
  await recordFile(transaction, file, now);
  await transaction.execute(
    'reports.finish',
    sql`UPDATE reports SET status = 'GENERATED', progress = 100, file_id = ${file.id}, row_count = ${rowCount},
        formed_at = ${timestamp(now)}, as_of = ${timestampOrNull(asOf)}, expires_at = ${timestamp(expiresAt)}
      WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  await noteDue(transaction, expiresAt);
  if (!report.file) return [];
  await forgetFile(transaction, report.file.id);
  return [report.file.id];
}
