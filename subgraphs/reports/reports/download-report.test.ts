import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { S3_KEY, type S3Server, startS3Server } from '../../../tests/support/s3-server.ts';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { bytesOf, form, message, REPORT_FIELDS, regenerate, remove, reportOf } from './report.test-support.ts';

// Files are kept in a bucket here; what is kept on disk is downloaded in the other tests.
let server: S3Server;
let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  server = await startS3Server();
  service = await startTestService({
    S3_BUCKET: 'reports',
    S3_ENDPOINT: server.url,
    S3_PREFIX: 'statistics/',
    S3_ACCESS_KEY_ID: S3_KEY.accessKeyId,
    S3_SECRET_ACCESS_KEY: S3_KEY.secretAccessKey,
  });
  company = await service.company();
  await company.ingest('messages', [message('a', 1)]);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const NAME = 'Отчёт «март» 100% €.xlsx';

test('[REP-16] a report in a bucket is downloaded through the gateway, whole and in part, with name, type, length and hash', async () => {
  const { file } = await form(service, company, { name: 'Отчёт «март» 100% €' });
  const whole = await fetch(`${service.url}${file.url}`);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(whole.status).toBe(200);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-length': String(file.sizeBytes),
    'accept-ranges': 'bytes',
    etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
    'content-disposition': `attachment; filename="_____ ______ 100_ _.xlsx"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
  });
  expect(file).toMatchObject({
    fileName: NAME,
    sizeBytes: bytes.length,
    sha256: whole.headers.get('etag')?.slice(1, -1),
  });
  const part = await fetch(`${service.url}${file.url}`, { headers: { range: 'bytes=10-19' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
  expect(await readdir(service.dataDir)).not.toContain('files');
});

test('[REP-15] [REP-17] objects that no report has any more are removed from the bucket', async () => {
  const before = server.objects.size;
  const { id, file } = await form(service, company);
  await regenerate(company, id);
  await service.runJobs();
  expect(server.objects.size).toBe(before + 1);
  const again = await reportOf(company, id);
  expect((await fetch(`${service.url}${file.url}`)).status).toBe(404);
  expect((await bytesOf(service, again.file.url)).length).toBe(again.file.sizeBytes);
  await remove(company, id);
  expect(server.objects.size).toBe(before);
});

test('[REP-13] a bucket that takes nothing is a failure that a later try may mend', async () => {
  // Five tries of the job, each of which asks three times.
  server.failures.push(...Array(15).fill(500));
  const { data } = await company.graph(
    `mutation { generateReport(input: { service: SMS, type: SUMMARY, period: { preset: YESTERDAY }, idempotencyKey: "s3" }) {
      report { id } } }`,
  );
  await service.runJobs();
  const { id } = data.generateReport.report;
  expect(await reportOf(company, id)).toMatchObject({ status: 'ERROR', file: null, error: { retryable: true } });
  await regenerate(company, id);
  await service.runJobs();
  expect(await reportOf(company, id)).toMatchObject({ status: 'GENERATED' });
});

test('[REP-16] only who may see the figures of a report gets a link to its file', async () => {
  const question = `query Report($id: ID!) { report(id: $id) { ${REPORT_FIELDS} } }`;
  const seen = async (id: string, scope: 'stats:read' | 'billing:read') => {
    const token = await service.token({ companyId: company.id, scopes: ['reports:read', scope] });
    const { data, errors } = await service.graph(token, question, { id });
    expect(errors).toBeUndefined();
    return data.report.file !== null;
  };
  const summary = await form(service, company);
  const payments = await form(service, company, { type: 'PAYMENTS', service: null });
  expect([await seen(summary.id, 'stats:read'), await seen(summary.id, 'billing:read')]).toEqual([true, false]);
  expect([await seen(payments.id, 'stats:read'), await seen(payments.id, 'billing:read')]).toEqual([false, true]);
});
