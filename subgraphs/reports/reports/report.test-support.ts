import { readSheet } from 'read-excel-file/node';
import type { GraphAnswer, TestCompany, TestService } from '../../../tests/support/test-service.ts';

export const REPORT_FIELDS = `id name service type format locale status origin
  period { from to timeZone asOf } addedAt formedAt progress attempt error { code message retryable } rowCount
  file { fileName contentType url expiresAt sizeBytes sha256 } expiresAt`;

/** Ten days of March in Moscow. */
export const PERIOD = { dates: { startDate: '2026-03-01', endDate: '2026-03-10' } };

let keys = 0;

export const INPUT = { service: 'SMS', type: 'SUMMARY', period: PERIOD };

/** Asks for a report with a key of its own, unless the input has one. */
export function generate(company: TestCompany, input: object = {}): Promise<GraphAnswer> {
  return company.graph(
    `mutation Generate($input: GenerateReportInput!) {
      generateReport(input: $input) { report { ${REPORT_FIELDS} } userErrors { field code message } }
    }`,
    { input: { ...INPUT, idempotencyKey: `key ${keys++}`, ...input } },
  );
}

/** Asks for a report and gives its id. */
export async function order(company: TestCompany, input?: object): Promise<string> {
  const { data } = await generate(company, input);
  return data.generateReport.report.id;
}

export async function reportOf(company: TestCompany, id: string) {
  const { data } = await company.graph(`query Report($id: ID!) { report(id: $id) { ${REPORT_FIELDS} } }`, { id });
  return data.report;
}

export const regenerate = (company: TestCompany, id: string) =>
  company.graph(
    `mutation Regenerate($id: ID!) {
      regenerateReport(id: $id) { report { ${REPORT_FIELDS} } userErrors { field code message } }
    }`,
    { id },
  );

export const remove = (company: TestCompany, id: string) =>
  company.graph('mutation Delete($id: ID!) { deleteReport(id: $id) { deletedId userErrors { field code message } } }', {
    id,
  });

/** The cells of a downloaded workbook. */
export async function download(service: TestService, url: string): Promise<unknown[][]> {
  const response = await fetch(`${service.url}${url}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await readSheet(Buffer.from(await response.arrayBuffer()))) as unknown[][];
}

/** A message line sent on a day of March 2026 at a local time of Moscow. */
export function message(id: string, day: number, fields: object = {}): object {
  const at = `2026-03-${String(day).padStart(2, '0')}T10:00:00+03:00`;
  return { id, channel: 'SMS', createdAt: at, sentAt: at, status: 'DELIVERED', statusAt: at, ...fields };
}
