import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { SCOPE_NAMES } from '#platform/identity';
import { startTestService, type TestCompany, type TestService } from '../tests/support/test-service.ts';

// Two companies that use the same ids for their messages. Whatever one of them asks, it is as if the other one did not exist.
let service: TestService;
let a: TestCompany;
let b: TestCompany;
let stranger: TestCompany;

/** A company whose token has every scope but those of staff, who may look at all companies. */
async function openCompany(options?: { currency: string }): Promise<TestCompany> {
  const company = await service.company(options);
  const scopes = SCOPE_NAMES.filter((scope) => !scope.startsWith('staff:'));
  const token = await service.token({ companyId: company.id, scopes });
  return { ...company, graph: (query, variables) => service.graph(token, query, variables) };
}

beforeAll(async () => {
  service = await startTestService();
  [a, b, stranger] = [await openCompany(), await openCompany({ currency: 'USD' }), await openCompany()];
  await a.ingest('messages', messagesOf('SMS', '0.11', 'a', 5));
  await b.ingest('messages', messagesOf('VIBER', '0.22', 'b', 3));
});
afterAll(() => service.stop());

const DAY = 'period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }';

function messagesOf(channel: string, price: string, errorCode: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `m${index}`,
    notificationId: 'n',
    channel,
    status: index === 0 ? 'ERROR' : 'DELIVERED',
    errorCode,
    price,
    createdAt: `2026-03-10T09:00:0${index}Z`,
    statusAt: `2026-03-10T10:00:0${index}Z`,
  }));
}

const EVERYTHING = `
  company { id name timeZone currency }
  messagingStats(${DAY}) {
    currency period { asOf } counters { total sent delivered smsParts unpriced notifications price { amount currency } }
    breakdown(by: [CHANNEL, ERROR_CODE, STATUS]) { keys counters { total notifications price { amount } } share }
    series(granularity: DAY, by: [CHANNEL]) { lines { keys total price notifications share } omittedLines }
    previous { counters { total } }
  }
  messages(${DAY}) { totalCount nodes { id channel errorCode notificationId fallbackChannel price { amount currency } } }`;

const QUERIES: Record<string, string> = {
  accountTransactions: '{ accountTransactions { totalCount } }',
  invoice: '{ invoice(number: "T-2026-000001") { id } }',
  invoices: '{ invoices { totalCount } }',
  company: '{ company { id name timeZone currency } }',
  messagingStats: `{ messagingStats(${DAY}) { counters { total price { amount } } breakdown(by: [CHANNEL]) { keys } } }`,
  messages: `{ messages(${DAY}) { totalCount nodes { id channel price { amount currency } } } }`,
  smsEstimate: '{ smsEstimate(text: "hello") { parts } }',
  reports: '{ reports { totalCount nodes { id } } }',
  report: '{ report(id: "none") { id } }',
  chatStats: `{ chatStats(${DAY}) { dialogues { counters { total } } } }`,
  dialogues: `{ dialogues(${DAY}) { totalCount nodes { id } } }`,
  chatMessages: `{ chatMessages(${DAY}) { totalCount } }`,
  chats: '{ chats { nodes { id name } } }',
  bots: '{ bots { nodes { id name } } }',
  operators: '{ operators { nodes { id name } } }',
  operatorGroups: '{ operatorGroups { id name } }',
  telephonyStats: `{ telephonyStats(${DAY}) { counters { total } } }`,
  calls: `{ calls(${DAY}) { totalCount nodes { id } } }`,
  trunks: '{ trunks { id name } }',
};

test('[GEN-09] no root field is left out here', () => {
  const schema = buildSchema(readFileSync(resolve(__dirname, '../schema/api.graphql'), 'utf8'));
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(Object.keys(QUERIES).sort());
  for (const query of Object.values(QUERIES)) expect(validate(schema, parse(query))).toEqual([]);
  expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toEqual(
    expect.arrayContaining([
      'createInvoice',
      'generateReport',
      'recordPayment',
      'registerCompany',
      'updateCompanyDetails',
    ]),
  );
});

test('[GEN-09] a company sees its own figures and nothing of the other one, whatever it asks for', async () => {
  const own = await b.graph(`{ ${EVERYTHING} }`);
  expect(own.errors).toBeUndefined();
  expect(own.data.company).toEqual({ id: b.id, name: `Company ${b.id}`, timeZone: 'Europe/Moscow', currency: 'USD' });
  expect(own.data.messagingStats.counters).toEqual({
    total: 3,
    sent: 2,
    delivered: 2,
    smsParts: 0,
    unpriced: 0,
    notifications: 1,
    price: { amount: '0.44', currency: 'USD' },
  });
  expect(own.data.messages.nodes.map(({ id, channel }: Record<string, string>) => [id, channel])).toEqual([
    ['m2', 'VIBER'],
    ['m1', 'VIBER'],
    ['m0', 'VIBER'],
  ]);
  expect(JSON.stringify(own.data)).not.toMatch(/SMS|0\.11|"a"|EUR/);
});

test('[GEN-09] what a company sees does not change with what the other one does', async () => {
  const [one, other] = [await openCompany(), await openCompany()];
  await one.ingest('messages', messagesOf('EMAIL', '0.5', 'x', 2));
  const before = await one.graph(`{ ${EVERYTHING} }`);
  await other.ingest('messages', messagesOf('PUSH', '9', 'y', 4));
  await other.ingest('messages', [
    { id: 'm0', deleted: true },
    { id: 'm1', deleted: true },
  ]);
  expect(await one.graph(`{ ${EVERYTHING} }`)).toEqual(before);
  const again = await one.ingest('messages', messagesOf('EMAIL', '0.5', 'x', 2));
  expect(again).toMatchObject({ received: 2, unchanged: 2 });
});

test('[GEN-09] a company without messages sees none, beside others that have some', async () => {
  const { data } = await stranger.graph(`{ ${EVERYTHING} }`);
  const { counters, breakdown, period } = data.messagingStats;
  expect([counters.total, breakdown, period, data.messages]).toEqual([
    0,
    [],
    { asOf: null },
    { totalCount: 0, nodes: [] },
  ]);
});

test("[GEN-09] filters by what only the other company's messages have find nothing", async () => {
  const filters = ['channels: [SMS]', 'errorCodes: ["a"]', 'channels: [SMS], errorCodes: ["a"], statuses: [DELIVERED]'];
  for (const filter of filters) {
    const { data } = await b.graph(
      `{ messagingStats(${DAY}, filter: { ${filter} }) { counters { total } breakdown(by: [ERROR_CODE]) { keys } } messages(${DAY}, filter: { ${filter} }) { totalCount } }`,
    );
    expect(data).toEqual({ messagingStats: { counters: { total: 0 }, breakdown: [] }, messages: { totalCount: 0 } });
  }
});

test('[GEN-09] a cursor of the other company is a place in time and opens nothing', async () => {
  const page = (after: string) => `{ messages(${DAY}, after: "${after}") { totalCount nodes { id channel } } }`;
  const { data } = await a.graph(`{ messages(${DAY}) { edges { cursor node { id } } } }`);
  const ofA = data.messages.edges.find(({ node }: { node: { id: string } }) => node.id === 'm1').cursor;
  const mine = await b.graph(page(ofA));
  expect(mine.data.messages).toEqual({ totalCount: 3, nodes: [{ id: 'm0', channel: 'VIBER' }] });
});

test('[GEN-09] a company cannot tell a company that is there from one that is not', async () => {
  const ask = async (id: string) => {
    const { data, errors } = await b.graph('query Q($id: ID) { company(id: $id) { id name } }', { id });
    return { data, errors: JSON.parse(JSON.stringify(errors).replaceAll(id, 'ID')) };
  };
  const refusal = {
    data: { company: null },
    errors: [
      {
        message: 'there is no company "ID" that this token may see.',
        path: ['company'],
        extensions: { code: 'NOT_FOUND', service: 'billing', field: ['id'] },
      },
    ],
  };
  expect(await ask(a.id)).toEqual(refusal);
  expect(await ask('987654321')).toEqual(refusal);
});

test('[GEN-09] names of a company in places where none belongs change nothing', async () => {
  const bearer = await service.token({ companyId: b.id, scopes: ['stats:read'] });
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'x-company-id': a.id };
  const body = JSON.stringify({
    query: `query Q($company_id: ID) { company(id: $company_id) { id } }`,
    variables: { companyId: a.id },
    extensions: { company_id: a.id },
  });
  const response = await fetch(`${service.url}/graphql?company_id=${a.id}`, { method: 'POST', headers, body });
  expect(await response.json()).toEqual({ data: { company: { id: b.id } } });
  const line = { ...messagesOf('PUSH', '1', 'z', 1)[0], id: 'new', company_id: a.id, companyId: a.id };
  expect(await b.ingest('messages', [line])).toMatchObject({ inserted: 1 });
  expect((await a.graph(QUERIES['messages'] as string)).data.messages.totalCount).toBe(5);
  expect(await b.ingest('messages', [{ id: 'new', deleted: true }])).toMatchObject({ received: 1, rejected: 0 });
});

test('[GEN-09] many requests of many companies at once are each answered with their own figures', async () => {
  const companies = await Promise.all(Array.from({ length: 4 }, () => openCompany()));
  await Promise.all(
    companies.map((company, index) => company.ingest('messages', messagesOf('SMS', '1', 'e', index + 1))),
  );
  const asked = Array.from({ length: 80 }, (_, index) => index % 4);
  const answers = await Promise.all(
    asked.map((index) => companies[index]?.graph(`{ company { id } messages(${DAY}) { totalCount } }`)),
  );
  expect(answers.map((answer) => answer?.data)).toEqual(
    asked.map((index) => ({ company: { id: companies[index]?.id }, messages: { totalCount: index + 1 } })),
  );
});
