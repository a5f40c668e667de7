import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, type DocumentNode, type GraphQLSchema, Kind, specifiedRules, validate } from 'graphql';
import { CREATE_INVOICE, DETAILS, UPDATE_DETAILS } from '../../subgraphs/billing/billing.test-support.ts';
import { order } from '../../subgraphs/reports/reports/report.test-support.ts';
import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { DOCUMENT_FILES, DOCUMENTS, OPERATIONS, runOperation } from './documents.ts';
import { BY_DAY, PERIOD, sendCalls, sendChats, sendMessages } from './page-data.ts';

const period = PERIOD;
/** Variables of every operation that has some; those that are lists of a filter are left out, as Clear leaves them. */
const VARIABLES: Record<string, Record<string, unknown>> = {
  Analytics: BY_DAY,
  NotificationGraphs: BY_DAY,
  ChannelStatuses: { ...BY_DAY, channel: 'VIBER' },
  NotificationRows: { period, first: 10 },
  SmsEstimate: { text: 'Привет' },
  Reports: { filter: {}, first: 10 },
  GenerateReport: { input: { service: 'SMS', type: 'SUMMARY', period, idempotencyKey: 'report' } },
  RegenerateReport: { id: 'none' },
  DeleteReport: { id: 'none' },
  ScheduleReport: { input: { service: 'SMS', type: 'SUMMARY', frequency: 'WEEKLY', idempotencyKey: 'schedule' } },
  UnscheduleReport: { id: 'none' },
  RegisterCompany: { input: { id: '77', name: 'Acme', timeZone: 'Europe/Moscow', currency: 'EUR' } },
  UpdateCompanyDetails: { input: DETAILS },
  CreateInvoice: { input: { amount: '10', idempotencyKey: 'operation' } },
  ChatGraphs: BY_DAY,
  OperatorTimeline: { period },
  DialogueRows: { period, first: 10 },
  ChatMessageRows: { period, first: 10 },
  TelephonyGraphs: BY_DAY,
  TelephonyFilters: { first: 10 },
  CallRows: { period, first: 10 },
};

const schema: GraphQLSchema = buildSchema(readFileSync(resolve(__dirname, '../../schema/api.graphql'), 'utf8'));

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  const { id, ingest } = await service.company();
  // Some operations are of staff.
  const token = await service.token({ companyId: id });
  company = { id, ingest, graph: (query, variables) => service.graph(token, query, variables) };
  for (const send of [sendMessages, sendChats, sendCalls]) await send(company);
  await company.graph(UPDATE_DETAILS, { input: DETAILS });
  const made = await company.graph(CREATE_INVOICE, { input: { amount: '10', idempotencyKey: 'made before' } });
  VARIABLES['Invoice'] = { number: made.data.createInvoice.invoice.number };
  VARIABLES['Report'] = { id: await order(company, { name: 'Made before' }) };
  await service.runJobs();
});
afterAll(() => service.stop());

test.each(DOCUMENT_FILES)('%s holds for the schema that clients see', (name) => {
  expect(validate(schema, DOCUMENTS.get(name) as DocumentNode, specifiedRules)).toEqual([]);
});

test('every operation and every fragment has a name of its own, as the generated client is one namespace', () => {
  const names = [...DOCUMENTS.values()].flatMap(({ definitions }) =>
    definitions.map((one) => ('name' in one ? one.name?.value : undefined)),
  );
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test.each(OPERATIONS.map(({ name }) => name))(
  'the operation %s is answered by the gateway without an error',
  async (name) => {
    const { status, data, errors } = await runOperation(company, name, VARIABLES[name]);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(Object.values(data)).not.toContain(null);
  },
);

test('codegen.yml says of every scalar of the schema what it is in JSON', () => {
  const declared = readFileSync(resolve(__dirname, '../../codegen.yml'), 'utf8');
  const scalars = Object.values(schema.getTypeMap()).filter(
    ({ astNode }) => astNode?.kind === Kind.SCALAR_TYPE_DEFINITION,
  );
  expect(scalars.length).toBeGreaterThan(0);
  const missing = scalars.filter(({ name }) => !new RegExp(`^ {8}${name}: (string|number)$`, 'm').test(declared));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
