import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  specifiedRules,
  validate,
} from 'graphql';
import { order } from '../../subgraphs/reports/reports/report.test-support.ts';
import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';

const SCHEMA = resolve(__dirname, '../../schema');
const FOLDER = join(SCHEMA, 'operations');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));

const period = { dates: { startDate: '2026-03-10', endDate: '2026-03-12' }, timeZone: 'Europe/Moscow' };
/** Variables of every operation that has some; those that are lists of a filter are left out, as Clear leaves them. */
const VARIABLES: Record<string, Record<string, unknown>> = {
  Analytics: { period, granularity: 'DAY' },
  NotificationGraphs: { period, granularity: 'DAY' },
  ChannelStatuses: { period, channel: 'VIBER', granularity: 'DAY' },
  NotificationRows: { period, first: 10 },
  SmsEstimate: { text: 'Привет' },
  Reports: { filter: {}, first: 10 },
  GenerateReport: { input: { service: 'SMS', type: 'SUMMARY', period, idempotencyKey: 'report' } },
  RegenerateReport: { id: 'none' },
  DeleteReport: { id: 'none' },
  ScheduleReport: { input: { service: 'SMS', type: 'SUMMARY', frequency: 'WEEKLY', idempotencyKey: 'schedule' } },
  UnscheduleReport: { id: 'none' },
  RegisterCompany: { input: { id: '77', name: 'Acme', timeZone: 'Europe/Moscow', currency: 'EUR' } },
};

const schema: GraphQLSchema = buildSchema(readFileSync(join(SCHEMA, 'api.graphql'), 'utf8'));
const documents = new Map(FILES.map((name) => [name, parse(readFileSync(join(FOLDER, name), 'utf8'))]));
const operations = [...documents.values()].flatMap((document) =>
  document.definitions
    .filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ name: operation.name?.value ?? '', operation, document })),
);

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  const line = (id: string, channel: string, more: object) => ({
    id,
    channel,
    status: 'DELIVERED',
    createdAt: '2026-03-10T10:00:00+03:00',
    statusAt: '2026-03-10T10:00:05+03:00',
    ...more,
  });
  await company.ingest('messages', [
    line('a', 'SMS', { price: '0.05', smsParts: 2, notificationId: 'n' }),
    line('b', 'VIBER', { status: 'UNDELIVERED', sentAt: '2026-03-11T09:00:00+03:00', notificationId: 'n' }),
    line('c', 'VIBER', { status: 'ERROR', errorCode: 'E1' }),
  ]);
  VARIABLES['Report'] = { id: await order(company, { name: 'Made before' }) };
  await service.runJobs();
});
afterAll(() => service.stop());

/** An operation with the fragments of its document that it uses, as a client sends it. */
function textOf(operation: OperationDefinitionNode, document: DocumentNode): string {
  const used = new Set<string>();
  const collect = (text: string) => {
    for (const [, name = ''] of text.matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
      );
      if (fragment) collect(print(fragment));
    }
  };
  collect(print(operation));
  const definitions = document.definitions.filter(
    (one) => one === operation || (one.kind === Kind.FRAGMENT_DEFINITION && used.has(one.name.value)),
  );
  return print({ ...document, definitions });
}

async function run(name: string, variables?: Record<string, unknown>) {
  const found = operations.find((one) => one.name === name);
  if (!found) throw new Error(`there is no operation ${name}`);
  const token = await service.token({ companyId: company.id });
  return service.graph(token, textOf(found.operation, found.document), variables ?? VARIABLES[name]);
}

test.each(FILES)('%s holds for the schema that clients see', (name) => {
  expect(validate(schema, documents.get(name) as DocumentNode, specifiedRules)).toEqual([]);
});

test('every operation and every fragment has a name of its own, as the generated client is one namespace', () => {
  const names = [...documents.values()].flatMap(({ definitions }) =>
    definitions.map((one) => ('name' in one ? one.name?.value : undefined)),
  );
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test.each(operations.map(({ name }) => name))(
  'the operation %s is answered by the gateway without an error',
  async (name) => {
    const { status, data, errors } = await run(name);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(Object.values(data)).not.toContain(null);
  },
);

test('[MSG-01][MSG-02][MSG-03][MSG-04][MSG-05][MSG-10] Analytics answers the page whole', async () => {
  const { data } = await run('Analytics');
  const sms = { sent: 1, delivered: 1, deliveryRate: 100, price: { amount: '0.05', currency: 'EUR' }, unpriced: 0 };
  const viber = { sent: 1, delivered: 0, deliveryRate: 0, price: { amount: '0.00', currency: 'EUR' }, unpriced: 1 };
  expect(data.messagingStats).toMatchObject({
    counters: { sent: 2, delivered: 1, deliveryRate: 50, price: { amount: '0.05', currency: 'EUR' }, unpriced: 1 },
    byChannel: [
      { keys: ['SMS'], share: 50, counters: sms },
      { keys: ['VIBER'], share: 50, counters: viber },
    ],
    sentByTime: {
      lines: [
        { keys: ['SMS'], sent: [1, 0, 0], delivered: [1, 0, 0] },
        { keys: ['VIBER'], sent: [0, 1, 0], delivered: [0, 0, 0] },
      ],
    },
    previous: { counters: { sent: 0 } },
  });
});

test('[NOT-17][NOT-18][NOT-19][NOT-20][NOT-21][NOT-22][NOT-23] Notification graphs answer the page whole', async () => {
  const { data } = await run('NotificationGraphs');
  const row = (key: string, total: number, share: number) => ({ keys: [key], share, counters: { total } });
  expect(data.created).toMatchObject({
    counters: { total: 3, notifications: 2 },
    byStatus: [row('DELIVERED', 1, 33.3), row('ERROR', 1, 33.3), row('UNDELIVERED', 1, 33.3)],
    byShortStatus: [row('NOT_DELIVERED', 2, 66.7), row('DELIVERED', 1, 33.3)],
  });
  expect(data.sent).toMatchObject({
    counters: { sent: 2, smsParts: 2 },
    byChannel: [
      { keys: ['SMS'], counters: { sent: 1 } },
      { keys: ['VIBER'], counters: { sent: 1 } },
    ],
    byChannelAndTime: {
      lines: [
        { keys: ['SMS'], sent: [1, 0, 0], delivered: [1, 0, 0], smsParts: [2, 0, 0] },
        { keys: ['VIBER'], sent: [0, 1, 0], delivered: [0, 0, 0], smsParts: [0, 0, 0] },
      ],
    },
  });
});

test('[NOT-24][NOT-25] the statuses of one channel come by day, in numbers and in percent', async () => {
  const { data } = await run('ChannelStatuses');
  expect(data.messagingStats.byStatusAndTime).toMatchObject({
    lines: [
      { keys: ['ERROR'], total: [1, 0, 0], share: [50, null, null] },
      { keys: ['UNDELIVERED'], total: [1, 0, 0], share: [50, null, null] },
    ],
    omittedLines: 0,
  });
});

test('[REP-01][REP-11][REP-15][REP-16][REP-17] Reports answers the page whole, from the request to the deletion', async () => {
  const { data } = await run('GenerateReport');
  const { id } = data.generateReport.report;
  await service.runJobs();
  const list = (await run('Reports')).data.reports;
  expect(list).toMatchObject({ totalCount: 2, counts: { all: 2, generated: 2, generating: 0, error: 0 } });
  const report = list.nodes.find((node: { id: string }) => node.id === id);
  expect(report).toMatchObject({
    ...{ name: 'SMS summary 2026-03-10 – 2026-03-12', service: 'SMS', type: 'SUMMARY', status: 'GENERATED' },
    ...{ progress: 100, rowCount: 3, file: { fileName: 'SMS summary 2026-03-10 – 2026-03-12.xlsx' } },
  });
  expect((await run('RegenerateReport', { id })).data.regenerateReport.report).toEqual({
    ...report,
    ...{ status: 'GENERATING', attempt: 2, progress: 0 },
  });
  expect((await run('DeleteReport', { id })).data.deleteReport).toEqual({ deletedId: id, userErrors: [] });
  expect((await run('Reports')).data.reports.totalCount).toBe(1);
});

test('codegen.yml says of every scalar of the schema what it is in JSON', () => {
  const declared = readFileSync(resolve(__dirname, '../../codegen.yml'), 'utf8');
  const scalars = Object.values(schema.getTypeMap()).filter(
    ({ astNode }) => astNode?.kind === Kind.SCALAR_TYPE_DEFINITION,
  );
  expect(scalars.length).toBeGreaterThan(0);
  const missing = scalars.filter(({ name }) => !new RegExp(`^ {8}${name}: (string|number)$`, 'm').test(declared));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
