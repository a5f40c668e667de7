import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { form, lastingCompany, order, regenerate, remove, reportOf } from './report.test-support.ts';

const DAY_MS = 86_400_000;

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService({ REPORT_KEEP_DAYS: '2', REPORT_SYSTEM_SCHEDULES: 'off' });
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.clock.set(TEST_NOW);
  company = await lastingCompany(service);
});

async function filesKept(): Promise<number> {
  const entries = await readdir(join(service.dataDir, 'files'), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test('[REP-06] when its keeping time ends a report is EXPIRED and its file gone, and it can be generated again', async () => {
  const formed = await form(service, company);
  const kept = await filesKept();
  expect(formed.expiresAt).toBe('2026-03-17T15:00:00.000+03:00');
  service.clock.set(TEST_NOW + 2 * DAY_MS - 1);
  await service.runJobs();
  expect((await reportOf(company, formed.id)).status).toBe('GENERATED');
  service.clock.set(TEST_NOW + 2 * DAY_MS);
  await service.runJobs();
  const { formedAt, rowCount, expiresAt } = formed;
  expect(await reportOf(company, formed.id)).toEqual({
    ...formed,
    status: 'EXPIRED',
    file: null,
    formedAt,
    rowCount,
    expiresAt,
  });
  expect(await filesKept()).toBe(kept - 1);
  const { data } = await company.graph(
    '{ reports(filter: { statuses: [EXPIRED] }) { totalCount counts { all generated } } }',
  );
  expect(data.reports).toEqual({ totalCount: 1, counts: { all: 1, generated: 0 } });

  await regenerate(company, formed.id);
  await service.runJobs();
  expect(await reportOf(company, formed.id)).toMatchObject({
    ...{ id: formed.id, status: 'GENERATED', attempt: 2, expiresAt: '2026-03-19T15:00:00.000+03:00' },
    file: { sizeBytes: expect.any(Number) },
  });
});

test('[REP-15] a report that is being generated again keeps its file beyond its time, until the new one is there', async () => {
  const formed = await form(service, company);
  await regenerate(company, formed.id);
  service.clock.set(TEST_NOW + 3 * DAY_MS);
  await service.lookForDue();
  expect(await reportOf(company, formed.id)).toMatchObject({
    status: 'GENERATING',
    file: { fileName: formed.file.fileName },
  });
  await service.runJobs();
  expect(await reportOf(company, formed.id)).toMatchObject({ status: 'GENERATED', attempt: 2 });
});

test('[REP-15] where generating again fails, the earlier file goes when its time ends', async () => {
  const formed = await form(service, company);
  const owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
  await owner.query(
    `UPDATE reports.reports SET period_from = '2000-01-02', period_to = '2090-01-01' WHERE id = '${formed.id}'`,
  );
  await owner.end();
  await regenerate(company, formed.id);
  service.clock.set(TEST_NOW + 3 * DAY_MS);
  await service.runJobs();
  expect(await reportOf(company, formed.id)).toMatchObject({
    status: 'ERROR',
    file: null,
    error: { code: 'LIMIT_EXCEEDED' },
  });
});

test('[REP-17] what was deleted before its time leaves nothing to be done', async () => {
  const { id } = await form(service, company);
  const other = await order(company);
  await remove(company, id);
  await remove(company, other);
  service.clock.set(TEST_NOW + 3 * DAY_MS);
  expect(await service.runJobs()).toBe(0);
});
