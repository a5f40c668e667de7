import { type Sql, sql, type Transaction } from '#platform/database';
import type {
  ReportFormat,
  ReportLocale,
  ReportOrigin,
  ReportService,
  ReportStatus,
  ReportType,
  StoredReport,
} from './report-fields.ts';

interface Cells {
  id: string;
  name: string;
  service: ReportService | null;
  type: ReportType;
  format: ReportFormat;
  locale: ReportLocale;
  origin: ReportOrigin;
  period_from: number;
  period_to: number;
  time_zone: string;
  added_at: number;
  status: ReportStatus;
  attempt: number;
  job_id: string;
  progress: number;
  error_code: string | null;
  error_message: string | null;
  error_retryable: boolean | null;
  formed_at: number | null;
  as_of: number | null;
  row_count: string | null;
  expires_at: number | null;
  file_id: string | null;
  file_name: string | null;
  content_type: string | null;
  size_bytes: string | null;
  sha256: string | null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reports with their files. `clauses` begins with AND, and may order and limit. */
export async function selectReports(
  transaction: Transaction,
  statement: string,
  clauses: Sql,
): Promise<StoredReport[]> {
  const rows = await transaction.query<Cells>(
    statement,
    sql`SELECT reports.id, reports.name, service, type, format, locale, origin, period_from, period_to, time_zone, added_at,
        status, attempt, job_id, progress, error_code, error_message, error_retryable, formed_at, as_of, row_count, expires_at, file_id,
        files.name AS file_name, content_type, size_bytes, sha256
      FROM reports LEFT JOIN files ON files.company_id = reports.company_id AND files.id = reports.file_id
      WHERE reports.company_id = ${transaction.companyId}${clauses}`,
  );
  return rows.map(toReport);
}

/** A report of the transaction's company, or undefined where there is none. */
export async function findReport(transaction: Transaction, id: string): Promise<StoredReport | undefined> {
  if (!UUID.test(id)) return undefined;
  const [report] = await selectReports(transaction, 'reports.find', sql` AND reports.id = ${id}`);
  return report;
}

/** The same, and nobody else changes it before the transaction ends. */
export async function lockReport(transaction: Transaction, id: string): Promise<StoredReport | undefined> {
  if (!UUID.test(id)) return undefined;
  const [report] = await selectReports(transaction, 'reports.lock', sql` AND reports.id = ${id} FOR UPDATE OF reports`);
  return report;
}

function toReport(cells: Cells): StoredReport {
  const { id, name, service, type, format, locale, origin, status, attempt, progress } = cells;
  return {
    ...{ id, name, service, type, format, locale, origin, status, attempt, progress },
    period: { from: cells.period_from, to: cells.period_to, timeZone: cells.time_zone },
    addedAt: cells.added_at,
    jobId: cells.job_id,
    error: cells.error_code === null ? null : toFailure(cells.error_code, cells),
    formedAt: cells.formed_at,
    asOf: cells.as_of,
    rowCount: cells.row_count === null ? null : Number(cells.row_count),
    expiresAt: cells.expires_at,
    file: cells.file_id === null ? null : toFile(cells.file_id, cells),
  };
}

function toFailure(code: string, cells: Cells) {
  return { code, message: cells.error_message ?? '', retryable: cells.error_retryable ?? false };
}

function toFile(id: string, cells: Cells) {
  return {
    id,
    name: cells.file_name ?? '',
    contentType: cells.content_type ?? '',
    sizeBytes: Number(cells.size_bytes),
    sha256: cells.sha256 ?? '',
  };
}
