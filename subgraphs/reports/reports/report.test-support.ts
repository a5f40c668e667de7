import { readSheet } from 'read-excel-file/node';
import type { GraphAnswer, TestCompany, TestService } from '../../../tests/support/test-service.ts';

export const REPORT_FIELDS = `id name service type format locale status origin
  period { from to timeZone asOf } addedAt formedAt progress attempt error { code message retryable } rowCount
  file { fileName contentType url expiresAt sizeBytes sha256 } expiresAt`;

/** Ten days of March in Moscow. */
export const PERIOD = { dates: { startDate: '2026-03-01', endDate: '2026-03-10' } };

/** A company whose requests carry a new token each, for tests in which more time passes than a token lives. */
export async function lastingCompany(
  service: TestService,
  options?: Parameters<TestService['company']>[0],
): Promise<TestCompany> {
  const company = await service.company(options);
  const graph: TestCompany['graph'] = async (query, variables) => {
    return service.graph(await service.token({ companyId: company.id }), query, variables);
  };
  return { ...company, graph };
}

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

/** The bytes behind a link. */
export async function bytesOf(service: TestService, url: string): Promise<Buffer> {
  const response = await fetch(`${service.url}${url}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** The cells of a sheet of a downloaded workbook; the first one behind the cover, unless told otherwise. */
export async function download(service: TestService, url: string, sheet: number | string = 2): Promise<unknown[][]> {
  return (await readSheet(await bytesOf(service, url), sheet)) as unknown[][];
}

/** What the cover of a downloaded workbook says, by label. */
export async function coverOf(service: TestService, url: string): Promise<Record<string, unknown>> {
  return Object.fromEntries(await download(service, url, 1));
}

/** Asks for a report, has it made and gives it with its rows. */
export async function form(service: TestService, company: TestCompany, input?: object) {
  const id = await order(company, input);
  await service.runJobs();
  const report = await reportOf(company, id);
  if (report.status !== 'GENERATED') throw new Error(JSON.stringify(report));
  return report;
}

/** A message line sent on a day of March 2026 at a local time of Moscow. */
export function message(id: string, day: number, fields: object = {}): object {
  const at = `2026-03-${String(day).padStart(2, '0')}T10:00:00+03:00`;
  return { id, channel: 'SMS', createdAt: at, sentAt: at, status: 'DELIVERED', statusAt: at, ...fields };
}
