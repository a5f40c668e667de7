import type { Company } from '#platform/companies';
import type { RequestContext, UserError } from '#platform/graphql';
import { formatInstant } from '#platform/time';
import { scopeOf } from '../contents/contents.ts';
import type { Report } from './report.type.ts';
import type { ReportFault, StoredReport } from './report-fields.ts';

/**
 * A report as clients see it: times in the company's zone, those of its period in the period's. Whoever may not see its figures
 * gets no link to its file.
 */
export function toReport(
  report: StoredReport,
  company: Company,
  { identity, files, moment }: Pick<RequestContext, 'identity' | 'files' | 'moment'>,
): Report {
  const show = (instant: number | null, zone: string) => (instant === null ? null : formatInstant(instant, zone));
  const { id, name, service, type, format, locale, status, origin, attempt, progress, error, rowCount } = report;
  const file = identity.scopes.includes(scopeOf(type)) ? report.file : null;
  const { from, to, timeZone } = report.period;
  const link = file && files.links.sign({ service: 'reports', companyId: company.id, fileId: file.id }, moment);
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
    expiresAt: show(report.expiresAt, company.timeZone),
  };
}

/** A refusal with its path from the mutation's arguments on. */
export function toUserError(argument?: string) {
  return ({ field, code, message }: ReportFault): UserError => {
    return { field: argument ? [argument, ...field] : field, code, message };
  };
}
