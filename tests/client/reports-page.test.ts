import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { runOperation } from './documents.ts';
import { PERIOD, sendMessages } from './page-data.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await sendMessages(company);
});
afterAll(() => service.stop());

const run = (name: string, variables?: Record<string, unknown>) => runOperation(company, name, variables);

test('[REP-01][REP-11][REP-15][REP-16][REP-17] Reports answers the page whole, from the request to the deletion', async () => {
  const input = { service: 'SMS', type: 'SUMMARY', period: PERIOD, idempotencyKey: 'report' };
  const { data } = await run('GenerateReport', { input });
  const { id } = data.generateReport.report;
  await service.runJobs();
  const list = (await run('Reports')).data.reports;
  expect(list).toMatchObject({ totalCount: 1, counts: { all: 1, generated: 1, generating: 0, error: 0 } });
  const [report] = list.nodes;
  expect(report).toMatchObject({
    ...{ id, name: 'SMS summary 2026-03-10 – 2026-03-12', service: 'SMS', type: 'SUMMARY', status: 'GENERATED' },
    ...{ progress: 100, rowCount: 3, file: { fileName: 'SMS summary 2026-03-10 – 2026-03-12.xlsx' } },
  });
  expect((await run('RegenerateReport', { id })).data.regenerateReport.report).toEqual({
    ...report,
    ...{ status: 'GENERATING', attempt: 2, progress: 0 },
  });
  expect((await run('DeleteReport', { id })).data.deleteReport).toEqual({ deletedId: id, userErrors: [] });
  expect((await run('Reports')).data.reports.totalCount).toBe(0);
});
