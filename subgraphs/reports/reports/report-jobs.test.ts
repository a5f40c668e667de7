import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { MOST_WAITING } from './order-report.ts';
import { download, generate, message, order, regenerate, remove, reportOf } from './report.test-support.ts';

let service: TestService;
let company: TestCompany;
let owner: Client;
beforeAll(async () => {
  service = await startTestService();
  owner = new Client({ connectionString: service.ownerUrl });
  owner.on('error', () => undefined);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});
beforeEach(async () => {
  company = await service.company();
});

/** Runs `work` while the graph cannot give figures of messages. */
async function withoutFigures(work: () => Promise<void>): Promise<void> {
  await owner.query('ALTER TABLE messaging_stats.messages RENAME TO messages_away');
  try {
    await work();
  } finally {
    await owner.query('ALTER TABLE messaging_stats.messages_away RENAME TO messages');
  }
}

/** Leaves the waiting jobs as a worker leaves them that was killed in the middle of its work. */
async function killWorkers(tries = 'retry_count'): Promise<void> {
  await owner.query(
    `UPDATE reports_jobs.job SET state = 'active', started_on = now() - interval '2 minutes', retry_count = ${tries},
      heartbeat_on = now() - interval '2 minutes' WHERE state = 'created'`,
  );
  // The queues are looked through every so often; as if that were due again.
  await owner.query('UPDATE reports_jobs.queue SET monitor_claim_on = NULL, monitor_on = NULL');
}

/** How many files the service keeps. */
async function filesKept(): Promise<number> {
  const entries = await readdir(join(service.dataDir, 'files'), { withFileTypes: true, recursive: true }).catch(
    () => [],
  );
  return entries.filter((entry) => entry.isFile()).length;
}

const GIVEN_UP = {
  code: 'GENERATION_FAILED',
  message: 'the report could not be formed, however often it was tried; generate it again.',
  retryable: true,
};

test('[REP-13] [REP-15] a report that fails however often it is tried ends in ERROR, and is formed when generated again', async () => {
  const id = await order(company);
  await withoutFigures(async () => {
    // Five tries and the giving up.
    expect(await service.runJobs()).toBe(6);
  });
  expect(await reportOf(company, id)).toMatchObject({
    status: 'ERROR',
    attempt: 1,
    error: GIVEN_UP,
    file: null,
    formedAt: null,
  });
  const { data } = await regenerate(company, id);
  expect(data.regenerateReport.report).toMatchObject({ status: 'GENERATING', attempt: 2, error: null, progress: 0 });
  expect(await service.runJobs()).toBe(1);
  expect(await reportOf(company, id)).toMatchObject({ status: 'GENERATED', attempt: 2, error: null, rowCount: 10 });
});

test('[REP-15] where generating again fails the earlier file is still there', async () => {
  await company.ingest('messages', [message('a', 1)]);
  const id = await order(company);
  await service.runJobs();
  const before = await reportOf(company, id);
  await regenerate(company, id);
  await withoutFigures(async () => {
    await service.runJobs();
  });
  const after = await reportOf(company, id);
  expect(after).toEqual({ ...before, status: 'ERROR', attempt: 2, progress: 5, error: GIVEN_UP });
  expect((await download(service, after.file.url))[1]?.[1]).toBe(1);
});

test('[REP-12] the job of a killed worker is taken up again', async () => {
  const id = await order(company);
  await killWorkers();
  expect(await service.runJobs()).toBe(0);
  await service.recoverJobs();
  expect(await service.runJobs()).toBe(1);
  expect(await reportOf(company, id)).toMatchObject({ status: 'GENERATED', attempt: 1 });
});

test('[REP-13] a report whose worker is killed on the last try does not stay GENERATING', async () => {
  const id = await order(company);
  await killWorkers('retry_limit');
  await service.recoverJobs();
  await service.runJobs();
  expect(await reportOf(company, id)).toMatchObject({ status: 'ERROR', error: GIVEN_UP });
});

test('[REP-13] a refusal of the graph that no further try changes is told as it is, at once', async () => {
  const id = await order(company);
  // As if REPORT_MAX_DAYS had allowed it: more days than a series has points.
  await owner.query(
    `UPDATE reports.reports SET period_from = '2000-01-02', period_to = '2090-01-01' WHERE id = '${id}'`,
  );
  expect(await service.runJobs()).toBe(1);
  const { status, error } = await reportOf(company, id);
  expect(status).toBe('ERROR');
  expect(error).toEqual({ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('DAY'), retryable: false });
});

test('[REP-17] a deleted report is gone with its file', async () => {
  const id = await order(company);
  await service.runJobs();
  const { file } = await reportOf(company, id);
  const kept = await filesKept();
  expect((await remove(company, id)).data).toEqual({ deleteReport: { deletedId: id, userErrors: [] } });
  expect((await company.graph('{ reports { totalCount } }')).data).toEqual({ reports: { totalCount: 0 } });
  expect((await fetch(`${service.url}${file.url}`)).status).toBe(404);
  expect(await filesKept()).toBe(kept - 1);
  const again = await remove(company, id);
  expect(again.data.deleteReport).toEqual({
    deletedId: null,
    userErrors: [
      { field: ['id'], code: 'NOT_FOUND', message: `there is no report "${id}"; take an id from the list of reports.` },
    ],
  });
});

test('[REP-17] deleting a report that is being made takes its job back', async () => {
  const id = await order(company);
  expect((await remove(company, id)).data.deleteReport.deletedId).toBe(id);
  expect(await service.runJobs()).toBe(0);
});

test('[REP-17] a job that finds its report deleted leaves nothing behind', async () => {
  const id = await order(company);
  const kept = await filesKept();
  await owner.query(`DELETE FROM reports.reports WHERE id = '${id}'`);
  expect(await service.runJobs()).toBe(1);
  expect(await filesKept()).toBe(kept);
});

test('[REP-15] a job of an earlier attempt has nothing to say any more', async () => {
  const id = await order(company);
  await owner.query(`UPDATE reports.reports SET attempt = 2 WHERE id = '${id}'`);
  expect(await service.runJobs()).toBe(1);
  expect(await reportOf(company, id)).toMatchObject({ status: 'GENERATING', attempt: 2, progress: 0, file: null });
});

test('a file that is formed a second time, by a job that ran again, takes the place of nothing', async () => {
  const id = await order(company);
  await service.runJobs();
  const before = await reportOf(company, id);
  await owner.query(`UPDATE reports_jobs.job SET state = 'retry', start_after = now() WHERE state = 'completed'`);
  expect(await service.runJobs()).toBeGreaterThan(0);
  expect(await reportOf(company, id)).toEqual(before);
});

test('reports of another company cannot be generated again or deleted, and look like what does not exist', async () => {
  const id = await order(company);
  const other = await service.company();
  const userErrors = [
    { field: ['id'], code: 'NOT_FOUND', message: `there is no report "${id}"; take an id from the list of reports.` },
  ];
  expect((await regenerate(other, id)).data.regenerateReport).toEqual({ report: null, userErrors });
  expect((await remove(other, id)).data.deleteReport).toEqual({ deletedId: null, userErrors });
  await service.runJobs();
  expect(await reportOf(company, id)).toMatchObject({ status: 'GENERATED', attempt: 1 });
});

test('a link cannot be made to give a file of another company', async () => {
  const id = await order(company);
  await service.runJobs();
  const { file } = await reportOf(company, id);
  const other = await service.company();
  expect((await fetch(`${service.url}${file.url.replace(`/${company.id}/`, `/${other.id}/`)}`)).status).toBe(403);
});

test('there is an end to the number of reports that wait, and whoever deletes one may ask for another', async () => {
  const id = await order(company);
  await owner.query(
    `INSERT INTO reports.reports SELECT (jsonb_populate_record(report, jsonb_build_object('id', gen_random_uuid()::text,
        'idempotency_key', 'key of ' || number))).*
      FROM reports.reports report, generate_series(2, ${MOST_WAITING}) number WHERE report.id = '${id}'`,
  );
  expect((await generate(company)).data.generateReport).toEqual({
    report: null,
    userErrors: [
      {
        field: ['input'],
        code: 'TOO_MANY',
        message: '100 reports are being made already; wait until some are formed, or delete some.',
      },
    ],
  });
  await remove(company, id);
  expect((await generate(company)).data.generateReport.userErrors).toEqual([]);
  await service.runJobs();
});
