import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { roleUrl } from '#platform/database';
import type { SubgraphConnection } from '#platform/federation';
import { type OpenedSubgraph, openSubgraphs } from '../scripts/open-subgraph.ts';
import { SUBGRAPHS } from '../scripts/subgraphs.ts';
import { TEST_ROLE_SECRET } from '../tests/support/test-database.ts';
import { NO_FILES } from '../tests/support/test-files.ts';
import { startTestService, type TestCompany, type TestService } from '../tests/support/test-service.ts';
import { type OpenedGateway, openGateway, post, stubSubgraph } from './opened-gateway.test-support.ts';

// The five subgraphs as they are, and gateways before four of them and one that fails.
const NAMES = SUBGRAPHS.map(({ name }) => name);
let service: TestService;
let company: TestCompany;
let opened: OpenedSubgraph[];
let gateway: OpenedGateway | undefined;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await sendOneOfEach();
  const graph = { query: () => Promise.reject(new Error('no job runs here')) };
  const options = { config: readConfig({ DATABASE_POOL_SIZE: '2' }), files: NO_FILES, graph, workers: false };
  opened = await openSubgraphs(SUBGRAPHS, ({ schema }) => ({
    ...options,
    clock: service.clock,
    logger: pino({ level: 'silent' }),
    databaseUrl: roleUrl(service.ownerUrl, schema, TEST_ROLE_SECRET),
  }));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});
afterAll(async () => {
  for (const subgraph of opened) await subgraph.close();
  await service.stop();
});

const PERIOD = 'period: { preset: TODAY }';
const EACH: Record<string, [field: string, query: string, answer: unknown]> = {
  billing: ['company', 'company { currency }', { currency: 'EUR' }],
  'messaging-stats': ['messagingStats', `messagingStats(${PERIOD}) { counters { total } }`, { counters: { total: 1 } }],
  'chat-stats': [
    'chatStats',
    `chatStats(${PERIOD}) { dialogues { counters { total } } }`,
    { dialogues: { counters: { total: 1 } } },
  ],
  'telephony-stats': [
    'telephonyStats',
    `telephonyStats(${PERIOD}) { counters { answered } }`,
    { counters: { answered: 1 } },
  ],
  reports: ['reports', 'reports { totalCount }', { totalCount: 0 }],
};
const ALL = `{ ${Object.values(EACH)
  .map(([, query]) => query)
  .join(' ')} }`;
const whole = Object.fromEntries(Object.values(EACH).map(([field, , answer]) => [field, answer]));

async function sendOneOfEach(): Promise<void> {
  const at = '2026-03-15T10:00:00Z';
  const later = '2026-03-15T10:01:30Z';
  const sms = {
    id: 'sms',
    channel: 'SMS',
    status: 'DELIVERED',
    createdAt: at,
    statusAt: at,
    price: '0.05',
    smsParts: 2,
  };
  await company.ingest('messages', [sms, { ...sms, id: 'push', channel: 'PUSH', price: null }]);
  await company.ingest('messages', [{ id: 'push', deleted: true }]);
  await company.ingest('dialogues', [{ id: 'd', chatId: 'c', messenger: 'WEB', startedAt: at }]);
  await company.ingest('chat-messages', [
    { id: 'm', dialogueId: 'd', author: 'CLIENT', sentAt: at, price: '0.01' },
    { id: 'n', dialogueId: 'd', author: 'BOT', sentAt: at },
  ]);
  const call = { id: 'x', direction: 'INBOUND', status: 'ANSWERED', startedAt: at, statusAt: later };
  await company.ingest('calls', [
    { ...call, answeredAt: at, endedAt: later, price: '0.30' },
    { ...call, id: 'y', status: 'BUSY', price: '0.40' },
  ]);
}

test('[GEN-01] [GEN-02] one query is answered by all five subgraphs', async () => {
  const { status, data, errors } = await company.graph(ALL);
  expect({ status, errors, data }).toEqual({ status: 200, errors: undefined, data: whole });
});

test('[GEN-01] the plan of such a query asks the five at once', () => {
  const supergraph = Supergraph.build(readFileSync(resolve(__dirname, '../schema/supergraph.graphql'), 'utf8'));
  const operation = operationFromDocument(supergraph.apiSchema(), parse(ALL));
  const { node } = new QueryPlanner(supergraph).buildQueryPlan(operation);
  if (node?.kind !== 'Parallel') throw new Error(`the plan begins with ${node?.kind}`);
  const asked = node.nodes.map((fetch) => [fetch.kind, 'serviceName' in fetch ? fetch.serviceName : '']);
  expect(asked.toSorted()).toEqual(NAMES.map((name) => ['Fetch', name]).toSorted());
});

test('[GEN-01] no subgraph is kept waiting for another one', async () => {
  const everyone = Promise.withResolvers<void>();
  let asked = 0;
  const connections = opened.map(({ running }): SubgraphConnection => {
    return stubSubgraph(running.name, {
      async execute(request, caller) {
        asked += 1;
        if (asked === NAMES.length) everyone.resolve();
        await everyone.promise;
        return running.execute(request, caller);
      },
    });
  });
  expect(await askThrough(connections, { subgraphTimeoutMs: 20_000 })).toEqual({ data: whole });
});

test.each(NAMES)('[GEN-01] while %s fails, or does not answer in time, the other four do', async (name) => {
  const others = opened.map(({ running }) => running).filter((running) => running.name !== name);
  const [field = ''] = EACH[name] ?? [];
  const lost = {
    data: { ...whole, [field]: null },
    errors: [
      {
        message: `${name} did not answer; the rest of the answer stands, try again for this part.`,
        extensions: { code: 'SERVICE_UNAVAILABLE', service: name },
      },
    ],
  };
  const failing = stubSubgraph(name, { execute: () => Promise.reject(new Error('connect ECONNREFUSED')) });
  expect(await askThrough([...others, failing])).toEqual(lost);
  const hanging = stubSubgraph(name, { execute: () => new Promise<never>(() => undefined) });
  expect(await askThrough([...others, hanging], { subgraphTimeoutMs: 1_500 })).toEqual(lost);
});

async function askThrough(connections: SubgraphConnection[], options: object = {}) {
  await gateway?.stop();
  gateway = await openGateway({ connections, ...options });
  const token = await gateway.token({ companyId: company.id, scopes: ['stats:read', 'reports:read'] });
  return (await post(gateway.url, { query: ALL }, { authorization: `Bearer ${token}` })).body;
}

const USAGE = `company { id
  messagingUsage(${PERIOD}) { ...Line } chatUsage(${PERIOD}) { ...Line } telephonyUsage(${PERIOD}) { ...Line } }`;
const FRAGMENT = 'fragment Line on UsageLine { service unit quantity amount { amount currency } unpriced }';
const used = {
  messagingUsage: [
    { service: 'SMS', unit: 'part', quantity: '2', amount: { amount: '0.05', currency: 'EUR' }, unpriced: 0 },
  ],
  chatUsage: [
    { service: 'CHATS', unit: 'message', quantity: '2', amount: { amount: '0.01', currency: 'EUR' }, unpriced: 1 },
  ],
  telephonyUsage: [
    { service: 'CALLS', unit: 'minute', quantity: '1.50', amount: { amount: '0.30', currency: 'EUR' }, unpriced: 0 },
  ],
};
const unused = { messagingUsage: [], chatUsage: [], telephonyUsage: [] };

test('[GEN-01] [INV-09] what a company used of every service comes from three subgraphs in one query', async () => {
  const { data, errors } = await company.graph(`query { ${USAGE} } ${FRAGMENT}`);
  expect({ data, errors }).toEqual({ data: { company: { id: company.id, ...used } }, errors: undefined });
  const other = await service.company();
  const nothing = await other.graph(`query { ${USAGE} } ${FRAGMENT}`);
  expect(nothing.data).toEqual({ company: { id: other.id, ...unused } });
});

test('[GEN-09] usage of another company is for finance staff, and usage of one’s own needs a scope', async () => {
  const query = `query($id: ID) { ${USAGE.replace('company', 'company(id: $id)')} } ${FRAGMENT}`;
  const ask = async (token: string) => {
    const { data, errors = [] } = await service.graph(token, query, { id: company.id });
    return [data.company, errors.map(({ path, extensions }) => [path?.[1], extensions.code]).toSorted()];
  };
  const finance = await service.token({ companyId: undefined, scopes: ['staff:finance'] });
  expect(await ask(finance)).toEqual([{ id: company.id, ...used }, []]);
  const refused = {
    id: company.id,
    messagingUsage: null,
    chatUsage: null,
    telephonyUsage: null,
  };
  const codes = ['chatUsage', 'messagingUsage', 'telephonyUsage'].map((field) => [field, 'FORBIDDEN']);
  const platform = await service.token({ companyId: undefined, scopes: ['staff:platform', 'stats:read'] });
  expect(await ask(platform)).toEqual([refused, codes]);
  const without = await service.token({ companyId: company.id, scopes: ['billing:read'] });
  expect(await ask(without)).toEqual([refused, codes]);
});
