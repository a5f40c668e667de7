import type { FileRecord } from '#platform/files';

export type ReportType = 'SUMMARY' | 'DETAILS' | 'PAYMENTS';
export type ReportStatus = 'GENERATING' | 'GENERATED' | 'ERROR' | 'EXPIRED';
export type ReportOrigin = 'SYSTEM' | 'USER';
export type ReportFormat = 'XLSX' | 'CSV';
export type ReportLocale = 'EN' | 'RU';
export type ReportService = 'SMS' | 'VIBER' | 'EMAIL' | 'WHATSAPP' | 'PUSH' | 'CHATS' | 'CALLS';

/** The channels of messages. */
export const MESSAGE_SERVICES = ['SMS', 'VIBER', 'EMAIL', 'WHATSAPP', 'PUSH'] as const;
/** Every service, in the order in which files show them. */
export const REPORT_SERVICES: readonly ReportService[] = [...MESSAGE_SERVICES, 'CHATS', 'CALLS'];

/** A report as it was asked for. Instants are epoch milliseconds. */
export interface ReportOrder {
  readonly name: string;
  readonly service: ReportService | null;
  readonly type: ReportType;
  readonly format: ReportFormat;
  readonly locale: ReportLocale;
  readonly period: { readonly from: number; readonly to: number; readonly timeZone: string };
}

export interface ReportFailure {
  readonly code: string;
  readonly message: string;
  /** Whether generating it again may help. */
  readonly retryable: boolean;
}

/** A report in its current state. */
export interface StoredReport extends ReportOrder {
  readonly id: string;
  readonly origin: ReportOrigin;
  readonly addedAt: number;
  readonly status: ReportStatus;
  readonly attempt: number;
  readonly jobId: string;
  /** 0 to 100. */
  readonly progress: number;
  readonly error: ReportFailure | null;
  /** Of the last file that was formed: it stays until another one takes its place, or its keeping time ends. */
  readonly formedAt: number | null;
  readonly asOf: number | null;
  readonly rowCount: number | null;
  readonly file: FileRecord | null;
  /** When the file is removed, or was. */
  readonly expiresAt: number | null;
}

/** A refusal of a mutation's input that is no error of the request. */
export interface ReportFault {
  /** Path below `input`, or the argument. */
  readonly field: string[];
  readonly code:
    | 'SERVICE_NEEDED'
    | 'SERVICE_NOT_ALLOWED'
    | 'PERIOD_TOO_LONG'
    | 'TOO_MANY'
    | 'INVALID_NAME'
    | 'INVALID_IDEMPOTENCY_KEY'
    | 'IDEMPOTENCY_CONFLICT'
    | 'NOT_FOUND'
    | 'ALREADY_GENERATING';
  readonly message: string;
}

/** What belongs to somebody else looks like what does not exist. */
export function reportNotFound(id: string): ReportFault {
  const message = `there is no report ${JSON.stringify(id.slice(0, 40))}; take an id from the list of reports.`;
  return { field: ['id'], code: 'NOT_FOUND', message };
}
