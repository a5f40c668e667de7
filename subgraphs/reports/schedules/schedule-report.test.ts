import {
  type GraphAnswer,
  startTestService,
  TEST_NOW,
  type TestCompany,
  type TestService,
} from '../../../tests/support/test-service.ts';
import { download, lastingCompany, message } from '../reports/report.test-support.ts';
import { MOST_SCHEDULES } from './schedule-report.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  // Runs of the system have tests of their own; here only what companies schedule is to be seen.
  service = await startTestService({ REPORT_SYSTEM_SCHEDULES: 'off' });
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.clock.set(TEST_NOW);
  company = await lastingCompany(service);
});

const FIELDS = 'id name service type frequency format locale origin nextRunAt';
let keys = 0;

function schedule(input: object, of = company): Promise<GraphAnswer> {
  return of.graph(
    `mutation Schedule($input: ScheduleReportInput!) {
      scheduleReport(input: $input) { schedule { ${FIELDS} } userErrors { field code message } }
    }`,
    { input: { service: 'SMS', type: 'SUMMARY', frequency: 'DAILY', idempotencyKey: `key ${keys++}`, ...input } },
  );
}

const unschedule = (id: string, of = company) =>
  of.graph(
    'mutation Stop($id: ID!) { unscheduleReport(id: $id) { unscheduledId userErrors { field code message } } }',
    {
      id,
    },
  );

async function schedules(of = company) {
  const { data, errors } = await of.graph(`{ reportSchedules { ${FIELDS} } }`);
  expect(errors).toBeUndefined();
  return data.reportSchedules;
}

/** Names and local periods of the reports that there are, oldest period first. */
async function runs(of = company) {
  const { data } = await of.graph('{ reports(first: 1000) { nodes { name origin status period { from to } } } }');
  const shown = data.reports.nodes.map(
    ({ name, origin, period }: { name: string; origin: string; period: Record<string, string> }) => {
      return [name, origin, period['from']?.slice(0, 16), period['to']?.slice(0, 16)].join(' | ');
    },
  );
  return shown.toSorted((one: string, other: string) =>
    (one.split('|')[2] ?? '').localeCompare(other.split('|')[2] ?? ''),
  );
}

const at = (text: string) => service.clock.set(Date.parse(text));

test.each([
  // The service's Sunday is 15 March 2026, 15:00 in Moscow.
  ['DAILY', '2026-03-16T06:00:00.000+03:00'],
  ['WEEKLY', '2026-03-16T06:00:00.000+03:00'],
  ['MONTHLY', '2026-04-01T06:00:00.000+03:00'],
])(
  '[REP-02] a schedule that runs %s is listed with its next run, some hours after the local end of its period',
  async (frequency, nextRunAt) => {
    const { data } = await schedule({ frequency });
    const made = {
      id: expect.any(String),
      name: 'SMS summary',
      ...{ service: 'SMS', type: 'SUMMARY', frequency, format: 'XLSX', locale: 'EN', origin: 'USER', nextRunAt },
    };
    expect(data.scheduleReport).toEqual({ schedule: made, userErrors: [] });
    expect(await schedules()).toEqual([made]);
  },
);

test('[REP-02] when it is due, and not before, it makes one report of the period that has ended', async () => {
  await company.ingest('messages', [message('a', 15), message('b', 14)]);
  await schedule({ name: 'Мой', service: 'SMS', locale: 'RU' });
  at('2026-03-16T05:59:59.999+03:00');
  await service.lookForDue();
  expect(await runs()).toEqual([]);
  at('2026-03-16T06:00:00+03:00');
  await service.lookForDue();
  await service.lookForDue();
  expect(await runs()).toEqual(['Мой 15.03.2026 | USER | 2026-03-15T00:00 | 2026-03-16T00:00']);
  expect((await schedules())[0].nextRunAt).toBe('2026-03-17T06:00:00.000+03:00');
  await service.runJobs();
  const { data } = await company.graph('{ reports { nodes { status file { url } } } }');
  const [{ status, file }] = data.reports.nodes;
  expect(status).toBe('GENERATED');
  expect((await download(service, file.url)).at(-1)?.[1]).toBe(1);
});

test('[REP-02] runs that were missed while no worker was there are made afterwards, each once, also by several workers', async () => {
  await schedule({ frequency: 'DAILY', service: 'CALLS' });
  await schedule({ frequency: 'WEEKLY', type: 'PAYMENTS', service: null });
  await schedule({ frequency: 'MONTHLY', type: 'DETAILS', service: 'CHATS', format: 'CSV' });
  at('2026-04-01T06:00:00+03:00');
  await Promise.all([service.lookForDue(), service.lookForDue(), service.lookForDue()]);
  const made = await runs();
  const days = Array.from({ length: 17 }, (_, index) => String(index + 15));
  const dates = days.map((date) => `Calls summary 2026-03-${date} | USER | 2026-03-${date}T00:00`);
  expect(made.filter((run: string) => run.startsWith('Calls')).map((run: string) => run.slice(0, -19))).toEqual(dates);
  expect(made.filter((run: string) => !run.startsWith('Calls'))).toEqual([
    'Chats details 2026-03-01 – 2026-03-31 | USER | 2026-03-01T00:00 | 2026-04-01T00:00',
    'Payments 2026-03-09 – 2026-03-15 | USER | 2026-03-09T00:00 | 2026-03-16T00:00',
    'Payments 2026-03-16 – 2026-03-22 | USER | 2026-03-16T00:00 | 2026-03-23T00:00',
    'Payments 2026-03-23 – 2026-03-29 | USER | 2026-03-23T00:00 | 2026-03-30T00:00',
  ]);
});

test('[REP-02] days of 23 hours and zones far from Greenwich have their own days', async () => {
  const berlin = await lastingCompany(service, { timeZone: 'Europe/Berlin' });
  const kiritimati = await lastingCompany(service, { timeZone: 'Pacific/Kiritimati' });
  at('2026-03-28T12:00:00+01:00');
  await schedule({}, berlin);
  await schedule({}, kiritimati);
  at('2026-03-30T06:00:00+02:00');
  await service.lookForDue();
  expect(await runs(berlin)).toEqual([
    'SMS summary 2026-03-28 | USER | 2026-03-28T00:00 | 2026-03-29T00:00',
    'SMS summary 2026-03-29 | USER | 2026-03-29T00:00 | 2026-03-30T00:00',
  ]);
  // It was 29 March there already when it was made: 30 March ends in eight hours.
  expect(await runs(kiritimati)).toEqual(['SMS summary 2026-03-29 | USER | 2026-03-29T00:00 | 2026-03-30T00:00']);
});

test('[REP-02] a schedule that was stopped makes nothing more, and its reports stay', async () => {
  const { data } = await schedule({});
  const { id } = data.scheduleReport.schedule;
  at('2026-03-16T06:00:00+03:00');
  await service.lookForDue();
  expect((await unschedule(id)).data.unscheduleReport).toEqual({ unscheduledId: id, userErrors: [] });
  at('2026-03-20T06:00:00+03:00');
  await service.lookForDue();
  expect(await runs()).toHaveLength(1);
  expect(await schedules()).toEqual([]);
  const gone = {
    unscheduledId: null,
    userErrors: [
      { field: ['id'], code: 'NOT_FOUND', message: `there is no schedule "${id}"; take an id from reportSchedules.` },
    ],
  };
  expect((await unschedule(id)).data.unscheduleReport).toEqual(gone);
});

test('[REP-02] schedules of another company are neither listed nor stopped, and look like what does not exist', async () => {
  const { data } = await schedule({});
  const { id } = data.scheduleReport.schedule;
  const other = await lastingCompany(service);
  expect(await schedules(other)).toEqual([]);
  expect((await unschedule(id, other)).data.unscheduleReport.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await schedules()).toHaveLength(1);
});

test('the same key with the same input gives the same schedule; with another input it is a conflict', async () => {
  const [first, second] = await Promise.all([
    schedule({ idempotencyKey: 'once' }),
    schedule({ idempotencyKey: 'once' }),
  ]);
  expect(second.data).toEqual(first.data);
  expect(await schedules()).toHaveLength(1);
  expect((await schedule({ idempotencyKey: 'once', frequency: 'WEEKLY' })).data.scheduleReport).toEqual({
    schedule: null,
    userErrors: [
      {
        field: ['input', 'idempotencyKey'],
        code: 'IDEMPOTENCY_CONFLICT',
        message: 'this key came with another input before; take a new key.',
      },
    ],
  });
});

test('every fault of an input is told at once, and there is an end to the number of schedules', async () => {
  const { data } = await schedule({ type: 'DETAILS', service: null, name: '', idempotencyKey: '' });
  expect(data.scheduleReport.schedule).toBeNull();
  expect(data.scheduleReport.userErrors.map(({ field }: { field: string[] }) => field.join('.'))).toEqual([
    'input.service',
    'input.name',
    'input.idempotencyKey',
  ]);
  for (let made = 0; made < MOST_SCHEDULES; made++) await schedule({});
  expect((await schedule({})).data.scheduleReport).toEqual({
    schedule: null,
    userErrors: [
      { field: ['input'], code: 'TOO_MANY', message: 'there are 100 schedules already; stop one that is not needed.' },
    ],
  });
});

test('[REP-02] payments are scheduled only by who may read them', async () => {
  const token = await service.token({ companyId: company.id, scopes: ['reports:read', 'reports:write', 'stats:read'] });
  const limited = {
    ...company,
    graph: (query: string, variables?: Record<string, unknown>) => service.graph(token, query, variables),
  };
  const { data, errors } = await schedule({ type: 'PAYMENTS', service: null }, limited);
  expect(data.scheduleReport).toBeNull();
  expect(errors?.[0]).toMatchObject({
    message: 'this needs a token with the scope billing:read.',
    extensions: { code: 'FORBIDDEN' },
  });
});
