import type { ReportFormat, ReportLocale, ReportOrigin, ReportService, ReportType } from '../reports/report-fields.ts';

export type ScheduleFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY';

/** What a schedule makes, and how often. */
export interface ScheduleOrder {
  /** Null: made of what it is about. */
  readonly name: string | null;
  readonly service: ReportService | null;
  readonly type: ReportType;
  readonly frequency: ScheduleFrequency;
  readonly format: ReportFormat;
  readonly locale: ReportLocale;
}

/** A schedule as it is kept. */
export interface StoredSchedule extends Omit<ScheduleOrder, 'name'> {
  readonly id: string;
  readonly name: string;
  readonly origin: ReportOrigin;
  /** The first local day after the period of the next run: YYYY-MM-DD. */
  readonly nextDay: string;
}
