import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import { RunningSubgraph, type SubgraphConnection } from '#platform/federation';
import { billing } from '../subgraphs/billing/subgraph.ts';
import { TEST_ROLE_SECRET } from '../tests/support/test-database.ts';
import { NO_FILES } from '../tests/support/test-files.ts';
import { startTestService, type TestService } from '../tests/support/test-service.ts';
import { type OpenedGateway, openGateway, post, send, stubSubgraph } from './opened-gateway.test-support.ts';

// The whole service, and beside it gateways of which one subgraph is the real billing and the other one fails.
let service: TestService;
let database: Database;
let realBilling: RunningSubgraph;
let gateway: OpenedGateway | undefined;
beforeAll(async () => {
  service = await startTestService();
  const url = roleUrl(service.ownerUrl, billing.schema, TEST_ROLE_SECRET);
  database = new Database({ url, applicationName: 'billing', poolSize: 2, connectTimeoutMs: 10_000 });
  const logger = pino({ level: 'silent' });
  realBilling = await RunningSubgraph.start(billing, {
    config: readConfig({}),
    files: NO_FILES,
    database,
    clock: service.clock,
    logger,
  });
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});
afterAll(async () => {
  await database.close();
  await service.stop();
});

const BOTH = '{ company { name currency } messagingStats(period: { preset: TODAY }) { currency counters { total } } }';
const lost = (name: string) => ({
  message: `${name} did not answer; the rest of the answer stands, try again for this part.`,
  extensions: { code: 'SERVICE_UNAVAILABLE', service: name },
});

async function askBeside(failing: Partial<SubgraphConnection>, overrides: object = {}) {
  const { id } = await service.company();
  const connections = [realBilling, stubSubgraph('messaging-stats', failing)];
  gateway = await openGateway({ connections, ...overrides });
  const authorization = `Bearer ${await gateway.token({ companyId: id, scopes: ['stats:read'] })}`;
  const { status, body, text, headers } = await post(gateway.url, { query: BOTH }, { authorization });
  return { id, status, body, text, headers };
}

test('[GEN-01] one query is answered by all subgraphs that it concerns', async () => {
  const company = await service.company({ currency: 'USD' });
  const day = new Date(service.clock.now()).toISOString();
  await company.ingest('messages', [{ id: 'a', channel: 'SMS', status: 'PENDING', createdAt: day, statusAt: day }]);
  const { status, data, errors } = await company.graph(
    `{ sms: smsEstimate(text: "hello") { parts } ${BOTH.slice(1, -1)} messages(period: { preset: TODAY }) { totalCount } }`,
  );
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: {
      sms: { parts: 1 },
      company: { name: `Company ${company.id}`, currency: 'USD' },
      messagingStats: { currency: 'USD', counters: { total: 1 } },
      messages: { totalCount: 1 },
    },
    errors: undefined,
  });
});

test.each<[string, () => Promise<never>]>([
  ['rejects', () => Promise.reject(new Error('connect ECONNREFUSED http://10.0.0.1:4001/graphql password=hunter2'))],
  [
    'throws at once',
    () => {
      throw new TypeError('SELECT price FROM messages: undefined is not a function at /srv/app/messages.ts:7');
    },
  ],
  ['rejects with what is no error', () => Promise.reject('hunter2')],
])(
  'a subgraph that %s costs its part of the answer, tells nothing of why, and the log everything',
  async (_, execute) => {
    const { id, status, body, text, headers } = await askBeside({ execute });
    expect([status, body]).toEqual([
      200,
      {
        data: { company: { name: `Company ${id}`, currency: 'EUR' }, messagingStats: null },
        errors: [lost('messaging-stats')],
      },
    ]);
    expect(text).not.toMatch(/hunter2|ECONNREFUSED|10\.0\.0\.1|SELECT|\.ts|stacktrace|serviceName/);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway?.logged).toMatchObject([{ msg: 'a subgraph failed', service: 'messaging-stats' }]);
  },
);

test('a subgraph that does not answer in time costs its part of the answer, and the others are not kept waiting', async () => {
  const never = new Promise<never>(() => undefined);
  const { id, body } = await askBeside({ execute: () => never }, { subgraphTimeoutMs: 50 });
  expect(body).toEqual({
    data: { company: { name: `Company ${id}`, currency: 'EUR' }, messagingStats: null },
    errors: [lost('messaging-stats')],
  });
});

test('a subgraph that fails after its time is up disturbs nobody', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const { body } = await askBeside({ execute: () => promise }, { subgraphTimeoutMs: 50 });
  reject(new Error('late'));
  expect(body.errors).toEqual([lost('messaging-stats')]);
  expect((await send(`${gateway?.url}/healthz`)).status).toBe(200);
});

test('a whole query of a subgraph that fails is answered with nulls, not with a fault of the gateway', async () => {
  gateway = await openGateway({
    connections: [realBilling, stubSubgraph('messaging-stats', { execute: () => Promise.reject(new Error('x')) })],
  });
  const authorization = `Bearer ${await gateway.token({ scopes: ['stats:read'] })}`;
  const query = '{ a: smsEstimate(text: "a") { parts } messages(period: { preset: TODAY }) { totalCount } }';
  const { status, body } = await post(gateway.url, { query }, { authorization });
  expect([status, body]).toEqual([200, { data: { a: null, messages: null }, errors: [lost('messaging-stats')] }]);
});

test('a statement that fails tells nothing of the statement', async () => {
  const own = await startTestService();
  try {
    const company = await own.company();
    const { Client } = await import('pg');
    const owner = new Client({ connectionString: own.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE messaging_stats.messages RENAME TO elsewhere');
    await owner.end();
    const { status, ...body } = await company.graph(BOTH);
    expect([status, body]).toEqual([
      200,
      {
        data: { company: { name: `Company ${company.id}`, currency: 'EUR' }, messagingStats: null },
        errors: [
          {
            message: 'something went wrong here; it has been logged.',
            path: ['messagingStats', 'counters'],
            extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'messaging-stats' },
          },
        ],
      },
    ]);
    const line = {
      id: 'a',
      channel: 'SMS',
      status: 'PENDING',
      createdAt: '2026-03-15T00:00:00Z',
      statusAt: '2026-03-15T00:00:00Z',
    };
    const refused = await company.ingest('messages', [line]);
    const error = { code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong here; it has been logged.' };
    expect(refused).toEqual({ status: 500, error: { ...error, requestId: expect.any(String) } });
  } finally {
    await own.stop();
  }
});
