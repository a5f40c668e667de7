import { readCompany } from '#platform/companies';
import { ServiceError } from '#platform/errors';
import type { JobContext } from '#platform/jobs';
import { type ContentsOptions, scopeOf } from '../contents/contents.ts';
import { readContents } from '../contents/read-contents.ts';
import { Reading } from '../contents/reading.ts';
import { CONTENT_TYPES, writeFile } from '../contents/write-file.ts';
import { findReport } from './read-reports.ts';
import { advanceAttempt, failAttempt, finishAttempt, type ReportAttempt } from './report-attempt.ts';
import type { StoredReport } from './report-fields.ts';

/** What is shown, of 100, when an attempt begins and when everything is read: from then on the file is stored. */
const PROGRESS = { started: 5, read: 99 };
const DAY_MS = 86_400_000;

/** Refusals that no further try changes: the question itself is at fault. */
const FINAL = ['BAD_USER_INPUT', 'LIMIT_EXCEEDED', 'FORBIDDEN', 'UNKNOWN_COMPANY', 'PERIOD_TOO_OLD'];

/** The report was deleted, or asked for again, while it was being made. */
class NobodyWaits extends Error {}

/**
 * Makes the file of a report from the graph. Safe to run again, and without effect where nobody waits for this attempt any
 * more. Throws where another try may succeed.
 */
export async function generateReport(attempt: ReportAttempt, context: JobContext): Promise<void> {
  const { database, companyId } = context;
  const report = await database.read(companyId, (transaction) => findReport(transaction, attempt.id));
  if (!report) return;
  try {
    await advance(attempt, context, PROGRESS.started);
    await form(report, attempt, context);
  } catch (error) {
    if (error instanceof NobodyWaits) return;
    if (!(error instanceof ServiceError) || !FINAL.includes(error.code)) throw error;
    const failure = { code: error.code, message: error.message, retryable: false };
    await database.write(companyId, (transaction) => failAttempt(transaction, attempt, failure));
  }
}

async function form(report: StoredReport, attempt: ReportAttempt, context: JobContext): Promise<void> {
  const { files, database, companyId, clock, config } = context;
  const options = await contentsOptions(report, attempt, context);
  const contents = await readContents(options);
  // The moment at which the file is formed stands in it, too.
  const bytes = writeFile(contents, options, () => clock.now());
  const { key, sizeBytes, sha256 } = await files.store.write(bytes);
  const file = { id: key, name: fileName(report), contentType: CONTENT_TYPES[report.format], sizeBytes, sha256 };
  const { reading } = options;
  const now = clock.now();
  const expiresAt = now + config.REPORT_KEEP_DAYS * DAY_MS;
  const formed = { file, rowCount: reading.rows, asOf: reading.asOf(), expiresAt };
  // Where this fails the bytes stay: the commit may have come through, and bytes too many do less harm than bytes too few.
  const unused = await database.write(companyId, (open) => finishAttempt(open, attempt, formed, now));
  for (const id of unused) await files.store.remove(id);
}

async function contentsOptions(
  report: StoredReport,
  attempt: ReportAttempt,
  context: JobContext,
): Promise<ContentsOptions> {
  const { graph, database, companyId, signal } = context;
  const caller = { companyId, scopes: [scopeOf(report.type)] };
  const { started, read } = PROGRESS;
  return {
    report,
    company: await database.read(companyId, readCompany),
    reading: new Reading(),
    ask: (question, variables) => graph.query(caller, question, variables, signal),
    onProgress: (share) => advance(attempt, context, Math.floor(started + share * (read - started))),
  };
}

/** Throws NobodyWaits where there is nothing to be made any more, so that what was written so far is dropped. */
async function advance(attempt: ReportAttempt, context: JobContext, progress: number): Promise<void> {
  context.signal.throwIfAborted();
  const waiting = await context.database.write(context.companyId, (transaction) =>
    advanceAttempt(transaction, attempt, progress),
  );
  if (!waiting) throw new NobodyWaits();
}

/** The name of a report as that of a file: without what file systems take for something else. */
function fileName({ name, format }: StoredReport): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return `${name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_')}.${format.toLowerCase()}`;
}
