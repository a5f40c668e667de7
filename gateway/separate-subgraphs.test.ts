import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { roleUrl } from '#platform/database';
import { HttpSubgraphConnection, type SubgraphConnection } from '#platform/federation';
import { createHttpServer } from '#platform/http';
import {
  INTERNAL_HEADER,
  makeInternalKey,
  readInternalPublicKey,
  readInternalSigningKey,
  signInternalToken,
  verifyInternalToken,
} from '#platform/identity';
import { type OpenedSubgraph, openSubgraphs } from '../scripts/open-subgraph.ts';
import { SUBGRAPHS } from '../scripts/subgraphs.ts';
import { behindHttp, type HttpSubgraph } from '../tests/support/http-subgraph.ts';
import { TEST_ROLE_SECRET } from '../tests/support/test-database.ts';
import { NO_FILES } from '../tests/support/test-files.ts';
import { startTestService, TEST_NOW, type TestService } from '../tests/support/test-service.ts';
import { stripInternalHeader } from './internal-header.ts';
import { type OpenedGateway, openGateway, post, send, stubSubgraph } from './opened-gateway.test-support.ts';

// The real subgraphs, each behind an HTTP server of its own, on the database of a service that registers the companies.
const clock = { now: () => TEST_NOW };
let service: TestService;
let opened: OpenedSubgraph[];
let behind: Map<string, HttpSubgraph>;
let gateway: OpenedGateway;
const others: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  service = await startTestService();
  const config = readConfig({ DATABASE_POOL_SIZE: '2' });
  const graph = { query: () => Promise.reject(new Error('no job runs here')) };
  const options = { config, files: NO_FILES, graph, workers: false, clock, logger: pino({ level: 'silent' }) };
  opened = await openSubgraphs(SUBGRAPHS, ({ schema }) => ({
    ...options,
    databaseUrl: roleUrl(service.ownerUrl, schema, TEST_ROLE_SECRET),
  }));
  behind = new Map();
  for (const { running } of opened) behind.set(running.name, await behindHttp(running, { clock, timeoutMs: 2_000 }));
  gateway = await openGateway({
    connections: [...behind.values()].map(({ connection }) => connection),
    subgraphTimeoutMs: 2_000,
  });
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.stop();
});
afterAll(async () => {
  await gateway.stop();
  for (const subgraph of behind.values()) await subgraph.stop();
  for (const subgraph of opened) await subgraph.close();
  await service.stop();
});

const BOTH = '{ company { name } messagingStats(period: { preset: TODAY }) { counters { total } } }';
const lost = {
  message: 'messaging-stats did not answer; the rest of the answer stands, try again for this part.',
  extensions: { code: 'SERVICE_UNAVAILABLE', service: 'messaging-stats' },
};
const line = (id: string, more: object = {}) =>
  JSON.stringify({
    id,
    channel: 'SMS',
    status: 'PENDING',
    createdAt: '2026-03-15T10:00:00Z',
    statusAt: '2026-03-15T10:00:00Z',
    ...more,
  });

/** A company, its headers, and its ways through a gateway; the one before the real subgraphs unless another is given. */
async function newCompany(through = gateway) {
  const { id } = await service.company();
  const authorization = `Bearer ${await through.token({ companyId: id, scopes: ['stats:read', 'ingest:write'] })}`;
  const ingest = (body: string | Buffer, path = 'messages', headers: Record<string, string> = {}) => {
    const sent = { authorization, 'content-type': 'application/x-ndjson', ...headers };
    return send(`${through.url}/ingest/${path}`, { method: 'POST', headers: sent, body: body as BodyInit });
  };
  const ask = async () => (await post(through.url, { query: BOTH }, { authorization })).body;
  const answered = (total: number) => ({
    data: { company: { name: `Company ${id}` }, messagingStats: { counters: { total } } },
  });
  return { id, authorization, ingest, ask, answered };
}

test('[GEN-01] one query is answered by subgraphs of their own processes, the events just sent included', async () => {
  const company = await newCompany();
  const sent = await company.ingest(gzipSync(`${line('a')}\n${line('b')}\n`), 'messages', {
    'content-encoding': 'gzip',
  });
  expect([sent.status, sent.body]).toEqual([
    200,
    { received: 2, inserted: 2, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [] },
  ]);
  expect(await company.ask()).toEqual(company.answered(2));
});

test.each<[string, string, string, Record<string, string>, number, object]>([
  [
    'a line at fault of an atomic request',
    `${line('a')}\n{"id":"b"}`,
    'messages?atomic=true',
    {},
    422,
    { received: 2, inserted: 0, rejected: 2 },
  ],
  ['a body that is no NDJSON', 'id,channel\n', 'messages', {}, 400, { error: { code: 'BAD_USER_INPUT' } }],
  ['an atomic that is neither', line('a'), 'messages?atomic=perhaps', {}, 400, { error: { code: 'BAD_USER_INPUT' } }],
  [
    'another content type',
    line('a'),
    'messages',
    { 'content-type': 'text/csv' },
    415,
    { error: { code: 'UNSUPPORTED_MEDIA_TYPE' } },
  ],
  [
    'another encoding',
    line('a'),
    'messages',
    { 'content-encoding': 'br' },
    415,
    { error: { code: 'UNSUPPORTED_MEDIA_TYPE' } },
  ],
  [
    'a broken gzip stream',
    line('a'),
    'messages',
    { 'content-encoding': 'gzip' },
    400,
    { error: { code: 'BAD_USER_INPUT' } },
  ],
  ['an unknown kind', line('a'), 'nothing', {}, 404, { error: { code: 'NOT_FOUND' } }],
])('%s is refused through both hops as in one process', async (_, body, path, headers, status, expected) => {
  const company = await newCompany();
  const refused = await company.ingest(body, path, headers);
  expect(refused).toMatchObject({ status, body: expected });
  const alone = await send(`${service.url}/ingest/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `Bearer ${await service.token({ companyId: company.id })}`,
      ...headers,
    },
    body,
  });
  const withoutId = ({ error, ...rest }: { error?: { requestId: string } }) => ({
    ...rest,
    error: error && { ...error, requestId: '' },
  });
  expect([refused.status, withoutId(refused.body)]).toEqual([alone.status, withoutId(alone.body)]);
  expect(await company.ask()).toEqual(company.answered(0));
});

test('a subgraph that has died costs its own part and its events, until it is back', async () => {
  const subgraph = behind.get('messaging-stats') as HttpSubgraph;
  const company = await newCompany();
  await company.ingest(line('a'));
  await subgraph.stopServer();
  const cut = { data: { company: { name: `Company ${company.id}` }, messagingStats: null }, errors: [lost] };
  expect(await company.ask()).toEqual(cut);
  const refused = await company.ingest(line('b'));
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'SERVICE_UNAVAILABLE' } } });
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.body.error.message).not.toMatch(/127\.0\.0\.1|ECONN|\d{5}/);
  expect(await send(`${gateway.url}/readyz`)).toMatchObject({
    status: 503,
    body: { status: 'failing', failed: ['messaging-stats'] },
  });
  await subgraph.restart();
  expect(await company.ask()).toEqual(company.answered(1));
  expect(await company.ingest(line('b'))).toMatchObject({ status: 200, body: { inserted: 1 } });
  expect(await send(`${gateway.url}/readyz`)).toMatchObject({ status: 200, body: { status: 'ready' } });
});

test('a subgraph that hangs costs its own part, and keeps nobody waiting longer than the timeout', async () => {
  const hung = await listening(() => undefined);
  const { connection } = await connectTo(hung.url, { timeoutMs: 200 });
  const before = await openGateway({
    connections: [behind.get('billing')?.connection as SubgraphConnection, connection],
  });
  others.push(before, hung);
  const company = await newCompany(before);
  const answer = await company.ask();
  expect(answer).toEqual({
    data: { company: { name: `Company ${company.id}` }, messagingStats: null },
    errors: [lost],
  });
});

test('what a client puts into the internal header goes no further; a subgraph gets the one of the gateway alone', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const recorder = await listening(({ headers }) => seen.push(headers));
  const { connection, internalKey } = await connectTo(recorder.url, { timeoutMs: 200, ingestTimeoutMs: 200 });
  const before = await openGateway({ connections: [stubSubgraph('billing'), connection] });
  others.push(before, recorder);
  const company = await newCompany(before);
  const forged = await signInternalToken(
    behind.get('billing')?.signingKey as never,
    { subject: 'x', companyId: '1', scopes: [] },
    'messaging-stats',
    clock,
  );
  await post(before.url, { query: BOTH }, { authorization: company.authorization, [INTERNAL_HEADER]: forged });
  await company.ingest(line('a'), 'messages', { [INTERNAL_HEADER]: forged });
  expect(seen).toHaveLength(2);
  for (const headers of seen) {
    expect(headers.authorization).toBeUndefined();
    const token = headers[INTERNAL_HEADER] as string;
    const identity = await verifyInternalToken(internalKey, token, 'messaging-stats', clock);
    expect(identity).toMatchObject({ subject: 'test', companyId: company.id });
  }
});

test('no handler of the gateway sees the internal header of a client', async () => {
  const server = createHttpServer({ logger: pino({ level: 'silent' }), maxBodyBytes: 100 });
  stripInternalHeader(server);
  server.get('/', async (request) => ({ fastify: request.headers, raw: request.raw.headers }));
  const { body } = await server.inject({ url: '/', headers: { 'X-Internal-Identity': 'forged', 'x-other': 'kept' } });
  await server.close();
  expect(body).not.toContain('forged');
  expect(JSON.parse(body)).toMatchObject({ fastify: { 'x-other': 'kept' } });
});

test('an internal credential without a token of a user opens nothing at the gateway', async () => {
  const forged = await signInternalToken(
    behind.get('billing')?.signingKey as never,
    { subject: 'x', companyId: '1', scopes: [] },
    'billing',
    clock,
  );
  const { status, body } = await post(gateway.url, { query: BOTH }, { [INTERNAL_HEADER]: forged });
  expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
});

/** A server that takes requests and never answers. */
async function listening(note: (request: { headers: IncomingHttpHeaders }) => unknown) {
  const server: Server = createServer((request) => void note(request)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The way to messaging-stats at an address. */
async function connectTo(
  url: string,
  { timeoutMs, ingestTimeoutMs = 1_000 }: { timeoutMs: number; ingestTimeoutMs?: number },
) {
  const { signingKey, publicKey } = await makeInternalKey();
  const connection = new HttpSubgraphConnection({
    name: 'messaging-stats',
    ingestKinds: ['messages'],
    directoryKinds: [],
    url,
    signingKey: await readInternalSigningKey(signingKey),
    clock,
    timeoutMs,
    ingestTimeoutMs,
  });
  return { connection, internalKey: await readInternalPublicKey(publicKey) };
}
