import { ServiceError } from '#platform/errors';
import type { JobContext } from '#platform/jobs';
import { writeWorkbook } from '../workbook/workbook.ts';
import { findReport } from './read-reports.ts';
import { advanceAttempt, failAttempt, finishAttempt, type ReportAttempt } from './report-attempt.ts';
import type { StoredReport } from './report-fields.ts';
import { readSummary } from './summary-figures.ts';
import { summaryWorkbook } from './summary-workbook.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What has been done when this much is shown, of 100. */
const PROGRESS = { started: 5, figuresRead: 60 };

/** Refusals that no further try changes: the question itself is at fault. */
const FINAL = ['BAD_USER_INPUT', 'LIMIT_EXCEEDED', 'FORBIDDEN', 'UNKNOWN_COMPANY'];

/**
 * Makes the file of a report from the graph. Safe to run again, and without effect where nobody waits for this attempt any
 * more. Throws where another try may succeed.
 */
export async function generateReport(attempt: ReportAttempt, context: JobContext): Promise<void> {
  const { database, companyId } = context;
  const report = await database.read(companyId, (transaction) => findReport(transaction, attempt.id));
  if (!report || !(await advance(attempt, context, PROGRESS.started))) return;
  try {
    await form(report, attempt, context);
  } catch (error) {
    if (!(error instanceof ServiceError) || !FINAL.includes(error.code)) throw error;
    const failure = { code: error.code, message: error.message, retryable: false };
    await database.write(companyId, (transaction) => failAttempt(transaction, attempt, failure));
  }
}

async function form(report: StoredReport, attempt: ReportAttempt, context: JobContext): Promise<void> {
  const { files, database, companyId, clock } = context;
  const figures = await readSummary(report, context);
  if (!(await advance(attempt, context, PROGRESS.figuresRead))) return;
  const { key, sizeBytes, sha256 } = await files.store.write(writeWorkbook(summaryWorkbook(report, figures)));
  const file = { id: key, name: fileName(report.name), contentType: XLSX, sizeBytes, sha256 };
  const formed = { file, rowCount: figures.days.length, asOf: figures.asOf };
  // Where this fails the bytes stay: the commit may have come through, and bytes too many do less harm than bytes too few.
  const unused = await database.write(companyId, (open) => finishAttempt(open, attempt, formed, clock.now()));
  for (const id of unused) await files.store.remove(id);
}

async function advance(attempt: ReportAttempt, context: JobContext, progress: number): Promise<boolean> {
  context.signal.throwIfAborted();
  return context.database.write(context.companyId, (transaction) => advanceAttempt(transaction, attempt, progress));
}

/** The name of a report as that of a file: without what file systems take for something else. */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return `${name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_')}.xlsx`;
}
