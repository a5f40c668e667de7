import { order } from '../../subgraphs/reports/reports/report.test-support.ts';
import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { runOperation } from './documents.ts';
import { PERIOD, sendMessages } from './page-data.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await sendMessages(company);
  await order(company, { name: 'Made before' });
  await service.runJobs();
});
afterAll(() => service.stop());

const input = { service: 'SMS', type: 'SUMMARY', period: PERIOD, idempotencyKey: 'report' };

test('[REP-01][REP-11][REP-15][REP-16][REP-17] Reports answers the page whole, from the request to the deletion', async () => {
  const { data } = await runOperation(company, 'GenerateReport', { input });
  const { id } = data.generateReport.report;
  await service.runJobs();
  const list = (await runOperation(company, 'Reports', { filter: {}, first: 10 })).data.reports;
  expect(list).toMatchObject({ totalCount: 2, counts: { all: 2, generated: 2, generating: 0, error: 0 } });
  const report = list.nodes.find((node: { id: string }) => node.id === id);
  expect(report).toMatchObject({
    ...{ name: 'SMS summary 2026-03-10 – 2026-03-12', service: 'SMS', type: 'SUMMARY', status: 'GENERATED' },
    ...{ progress: 100, rowCount: 3, file: { fileName: 'SMS summary 2026-03-10 – 2026-03-12.xlsx' } },
  });
  expect((await runOperation(company, 'RegenerateReport', { id })).data.regenerateReport.report).toEqual({
    ...report,
    ...{ status: 'GENERATING', attempt: 2, progress: 0 },
  });
  expect((await runOperation(company, 'DeleteReport', { id })).data.deleteReport).toEqual({
    deletedId: id,
    userErrors: [],
  });
  expect((await runOperation(company, 'Reports', { filter: {}, first: 10 })).data.reports.totalCount).toBe(1);
});
