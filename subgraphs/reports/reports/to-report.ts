import type { Company } from '#platform/companies';
import type { FileLinks } from '#platform/files';
import { formatInstant } from '#platform/time';
import type { Report } from './report.type.ts';
import type { StoredReport } from './report-fields.ts';

export interface Showing {
  readonly company: Company;
  readonly links: FileLinks;
  /** Links count their lifetime from here; epoch milliseconds. */
  readonly moment: number;
}

/** A report as clients see it: times in the company's zone, those of its period in the period's. */
export function toReport(report: StoredReport, { company, links, moment }: Showing): Report {
  const show = (instant: number | null, zone: string) => (instant === null ? null : formatInstant(instant, zone));
  const { id, name, service, type, format, locale, status, origin, attempt, progress, error, rowCount, file } = report;
  const { from, to, timeZone } = report.period;
  const link = file && links.sign({ service: 'reports', companyId: company.id, fileId: file.id }, moment);
  return {
    ...{ id, name, service, type, format, locale, status, origin, attempt, progress, error, rowCount },
    period: {
      from: formatInstant(from, timeZone),
      to: formatInstant(to, timeZone),
      timeZone,
      asOf: show(report.asOf, timeZone),
    },
    addedAt: formatInstant(report.addedAt, company.timeZone),
    formedAt: show(report.formedAt, company.timeZone),
    file: file &&
      link && {
        fileName: file.name,
        contentType: file.contentType,
        url: link.url,
        expiresAt: formatInstant(link.expiresAt, company.timeZone),
        sizeBytes: file.sizeBytes,
        sha256: file.sha256,
      },
    expiresAt: null,
  };
}
