import type { Company } from '#platform/companies';
import type { Scope } from '#platform/identity';
import { formatInstant } from '#platform/time';
import type { ReportType, StoredReport } from '../reports/report-fields.ts';
import { LABELS, type Label, valueLabel } from './labels.ts';
import type { Reading } from './reading.ts';
import type { Table } from './table.ts';

/** What is needed to read the contents of a report. */
export interface ContentsOptions {
  readonly report: StoredReport;
  readonly company: Company;
  readonly reading: Reading;
  /** Asks the graph as the report's company. Throws ServiceError as the graph answers. */
  ask<Data>(question: string, variables: Record<string, unknown>): Promise<Data>;
  /** Told after each page how far the reading of all tables is, 0 to 1. Throws where nobody waits for the report any more. */
  onProgress(share: number): Promise<void>;
}

/** What stands in a file. */
export interface Contents {
  readonly tables: readonly Table[];
  /** By what the rows were chosen, for the reader. */
  readonly filters: readonly string[];
}

/** What whoever has figures put into a file must be allowed to see. */
export function scopeOf(type: ReportType): Scope {
  return type === 'PAYMENTS' ? 'billing:read' : 'stats:read';
}

/** The period as the graph takes it: the same instants whatever the report was asked for with. */
export function periodVariable({ period: { from, to, timeZone } }: StoredReport) {
  return { range: { from: formatInstant(from, timeZone), to: formatInstant(to, timeZone) }, timeZone };
}

/** Words and headers in the language of a report. */
export class Words {
  constructor(private readonly options: Pick<ContentsOptions, 'report' | 'company'>) {}

  of(label: Label): string {
    return LABELS[this.options.report.locale][label];
  }

  value(value: string): string {
    return valueLabel(this.options.report.locale, value);
  }

  /** Of a column of dates or moments, whose zone it names. */
  time(label: Label): string {
    return `${this.of(label)} (${this.options.report.period.timeZone})`;
  }

  /** Of a column of money, whose currency it names. */
  money(label: Label): string {
    return `${this.of(label)}, ${this.options.company.currency}`;
  }

  /** 'Service: SMS'. */
  get service(): string {
    const { service } = this.options.report;
    return `${this.of('service')}: ${service ? this.value(service) : this.of('allServices')}`;
  }
}
