import { createHash } from 'node:crypto';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import {
  download,
  generate,
  INPUT,
  message,
  order,
  PERIOD,
  REPORT_FIELDS,
  regenerate,
  reportOf,
} from './report.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService({ REPORT_MAX_DAYS: '31' });
});
afterAll(() => service.stop());
afterEach(() => service.runJobs());
beforeEach(async () => {
  company = await service.company();
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const LINES = [
  message('a', 1, { price: '0.0345', smsParts: 2 }),
  message('b', 1, { price: '1.5', status: 'UNDELIVERED' }),
  message('c', 10, { price: '0.1' }),
  message('other channel', 10, { channel: 'VIBER', price: '9' }),
  message('before', 28, { createdAt: '2026-02-28T20:59:59Z', sentAt: '2026-02-28T20:59:59Z' }),
];

test('[REP-03] [REP-04] [REP-05] [REP-06] [REP-07] [REP-08] [REP-12] a report is added at once, waits, and is formed by a job', async () => {
  await company.ingest('messages', LINES);
  const { data } = await generate(company);
  const added = {
    id: expect.stringMatching(UUID),
    name: 'SMS summary 2026-03-01 – 2026-03-10',
    service: 'SMS',
    type: 'SUMMARY',
    format: 'XLSX',
    locale: 'EN',
    status: 'GENERATING',
    origin: 'USER',
    period: {
      from: '2026-03-01T00:00:00.000+03:00',
      to: '2026-03-11T00:00:00.000+03:00',
      timeZone: 'Europe/Moscow',
      asOf: null,
    },
    addedAt: '2026-03-15T15:00:00.000+03:00',
    formedAt: null,
    progress: 0,
    attempt: 1,
    error: null,
    rowCount: null,
    file: null,
    expiresAt: null,
  };
  expect(data).toEqual({ generateReport: { report: added, userErrors: [] } });
  const { id } = data.generateReport.report;
  expect(await reportOf(company, id)).toEqual(added);

  service.clock.set(service.clock.now() + 60_000);
  expect(await service.runJobs()).toBe(1);
  const formed = await reportOf(company, id);
  expect(formed).toEqual({
    ...added,
    id,
    status: 'GENERATED',
    formedAt: '2026-03-15T15:01:00.000+03:00',
    progress: 100,
    period: { ...added.period, asOf: '2026-03-15T15:00:00.000+03:00' },
    rowCount: 10,
    expiresAt: '2026-06-13T15:01:00.000+03:00',
    file: {
      fileName: 'SMS summary 2026-03-01 – 2026-03-10.xlsx',
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      url: expect.stringMatching(new RegExp(`^/files/reports/${company.id}/[0-9a-f-]{36}\\?expires=\\d+&signature=`)),
      expiresAt: '2026-03-15T15:16:00.000+03:00',
      sizeBytes: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
  service.clock.set(service.clock.now() - 60_000);
});

test('[REP-16] the file has every local day and a total that the graph gives for the same period and filter', async () => {
  await company.ingest('messages', LINES);
  const id = await order(company);
  await service.runJobs();
  const { file } = await reportOf(company, id);
  const rows = await download(service, file.url);
  const day = (date: number) => new Date(Date.UTC(2026, 2, date));
  const quiet = Array.from({ length: 8 }, (_, index) => [day(index + 2), 0, 0, 0, 0, 0]);
  expect(rows).toEqual([
    ['Date (Europe/Moscow)', 'Total', 'Sent', 'Delivered', 'SMS parts', 'Price, EUR'],
    [day(1), 2, 2, 1, 3, 1.5345],
    ...quiet,
    [day(10), 1, 1, 1, 1, 0.1],
    ['Total', 3, 3, 2, 4, 1.6345],
  ]);
  const { data } = await company.graph(
    `query Totals($period: PeriodInput!) { messagingStats(period: $period, filter: { channels: [SMS] }) {
      counters { total sent delivered smsParts price { amount } } } }`,
    { period: PERIOD },
  );
  const { total, sent, delivered, smsParts, price } = data.messagingStats.counters;
  expect(rows.at(-1)).toEqual(['Total', total, sent, delivered, smsParts, Number(price.amount)]);
});

test('[REP-16] the file is downloaded by its link without a token, under the name of the report, with its hash', async () => {
  const id = await order(company, { name: 'Отчёт "март" / 1', locale: 'RU' });
  await service.runJobs();
  const { file } = await reportOf(company, id);
  const response = await fetch(`${service.url}${file.url}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toContain(
    `filename*=UTF-8''${encodeURIComponent('Отчёт _март_ _ 1.xlsx')}`,
  );
  expect(bytes.length).toBe(file.sizeBytes);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
  const [header] = await download(service, file.url);
  expect(header).toEqual(['Дата (Europe/Moscow)', 'Всего', 'Отправлено', 'Доставлено', 'Частей SMS', 'Стоимость, EUR']);
});

test('a link that was altered, is of another company or has expired is refused with the remedy', async () => {
  const id = await order(company);
  await service.runJobs();
  const { file } = await reportOf(company, id);
  const refusal = async (url: string) => {
    const response = await fetch(`${service.url}${url}`);
    return { status: response.status, ...((await response.json()) as { error: { code: string; message: string } }) };
  };
  const altered = {
    status: 403,
    error: expect.objectContaining({
      code: 'FORBIDDEN',
      message: 'this link was altered or cut off; ask the graph for a new one.',
    }),
  };
  const later = file.url.replace(/expires=(\d+)/, (_: string, at: string) => `expires=${Number(at) + 1}`);
  expect(await refusal(later)).toEqual(altered);
  expect(await refusal(file.url.replace(`/${company.id}/`, '/1/'))).toEqual(altered);
  const before = service.clock.now();
  service.clock.set(Date.parse(file.expiresAt));
  expect(await refusal(file.url)).toEqual({
    status: 403,
    error: expect.objectContaining({ message: 'this link has expired; ask the graph for a new one.' }),
  });
  service.clock.set(before);
});

test.each([
  [
    { type: 'DETAILS', service: null },
    'SERVICE_NEEDED',
    'details are of one service; give one of SMS, VIBER, EMAIL, WHATSAPP, PUSH, CHATS, CALLS.',
  ],
  [
    { type: 'PAYMENTS', service: 'SMS' },
    'SERVICE_NOT_ALLOWED',
    'payments are of the whole account, not of a service; leave service out.',
  ],
])('[REP-05] a type that cannot be about a service is refused with the remedy: %j', async (input, code, message) => {
  const { data } = await generate(company, input);
  expect(data.generateReport).toEqual({
    report: null,
    userErrors: [{ field: ['input', 'service'], code, message }],
  });
});

test('every fault of an input is told at once', async () => {
  const { data } = await generate(company, {
    name: ' ',
    idempotencyKey: 'k'.repeat(129),
    period: { dates: { startDate: '2026-01-01', endDate: '2026-02-01' } },
  });
  expect(data.generateReport).toEqual({
    report: null,
    userErrors: [
      { field: ['input', 'name'], code: 'INVALID_NAME', message: 'name: give 1 to 200 characters.' },
      {
        field: ['input', 'idempotencyKey'],
        code: 'INVALID_IDEMPOTENCY_KEY',
        message: 'idempotencyKey: give 1 to 128 characters.',
      },
      {
        field: ['input', 'period'],
        code: 'PERIOD_TOO_LONG',
        message: 'the period has 32 days, and a report at most 31; take a shorter one, or several reports.',
      },
    ],
  });
});

test('a period of exactly REPORT_MAX_DAYS is taken, also where clocks change in it', async () => {
  const berlin = await service.company({ timeZone: 'Europe/Berlin' });
  const { data } = await generate(berlin, { period: { dates: { startDate: '2026-03-15', endDate: '2026-04-14' } } });
  expect(data.generateReport).toMatchObject({ report: { status: 'GENERATING' }, userErrors: [] });
});

test('a period that is none is an error that names its place', async () => {
  const { data, errors } = await generate(company, { period: {} });
  expect(data.generateReport).toBeNull();
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', service: 'reports', field: ['input', 'period'] });
});

test('the same key with the same input gives the same report and one job; with another input it is a conflict', async () => {
  const input = { idempotencyKey: 'once', name: 'One' };
  const [first, second] = await Promise.all([generate(company, input), generate(company, input)]);
  expect(second.data).toEqual(first.data);
  expect(await generate(company, { ...INPUT, ...input, locale: 'RU' })).toMatchObject({
    data: {
      generateReport: {
        report: null,
        userErrors: [
          {
            field: ['input', 'idempotencyKey'],
            code: 'IDEMPOTENCY_CONFLICT',
            message: 'this key came with another input before; take a new key.',
          },
        ],
      },
    },
  });
  expect(await service.runJobs()).toBe(1);
  const again = await generate(company, input);
  expect(again.data.generateReport.report).toMatchObject({
    id: first.data.generateReport.report.id,
    status: 'GENERATED',
  });
  const other = await service.company();
  const theirs = await generate(other, { ...input, locale: 'RU' });
  expect(theirs.data.generateReport.userErrors).toEqual([]);
  await service.runJobs();
});

test('[REP-15] a report that is generated again keeps its id, and its old file until the new one is there', async () => {
  await company.ingest('messages', [message('a', 1)]);
  const id = await order(company);
  await service.runJobs();
  const before = await reportOf(company, id);
  await company.ingest('messages', [message('b', 1)]);
  const { data } = await regenerate(company, id);
  expect(data.regenerateReport).toEqual({
    report: { ...before, status: 'GENERATING', attempt: 2, progress: 0 },
    userErrors: [],
  });
  expect((await download(service, before.file.url))[1]?.[1]).toBe(1);
  expect((await regenerate(company, id)).data.regenerateReport).toEqual({
    report: null,
    userErrors: [
      { field: ['id'], code: 'ALREADY_GENERATING', message: 'this report is being made; wait until it is formed.' },
    ],
  });
  await service.runJobs();
  const after = await reportOf(company, id);
  expect(after).toMatchObject({ id, status: 'GENERATED', attempt: 2, progress: 100, addedAt: before.addedAt });
  expect((await download(service, after.file.url))[1]?.[1]).toBe(2);
  expect((await fetch(`${service.url}${before.file.url}`)).status).toBe(404);
});

test('only who may see the figures has them put into a file', async () => {
  const writer = await service.token({ companyId: company.id, scopes: ['reports:write', 'reports:read'] });
  const mutation = `mutation Generate($input: GenerateReportInput!) { generateReport(input: $input) { report { ${REPORT_FIELDS} } } }`;
  const { data, errors } = await service.graph(writer, mutation, { input: { ...INPUT, idempotencyKey: 'k' } });
  expect(data.generateReport).toBeNull();
  expect(errors?.[0]).toMatchObject({
    message: 'this needs a token with the scope stats:read.',
    extensions: { code: 'FORBIDDEN', service: 'reports' },
  });
});
