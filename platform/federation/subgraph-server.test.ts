import {
  type Identity,
  makeInternalKey,
  makeSigningKey,
  readInternalSigningKey,
  signAccessToken,
  signInternalToken,
} from '#platform/identity';
import { behindHttp, type HttpSubgraph } from '../../tests/support/http-subgraph.ts';
import type { Caller, GraphQLRequest, SubgraphConnection } from './index.ts';

const NOW = Date.UTC(2026, 2, 15, 12);
const caller: Identity = {
  subject: 'user 1',
  companyId: '7',
  scopes: ['stats:read'],
  name: 'Ann',
  email: 'ann@example.com',
};
const REQUEST_ID = '0b7f5f6e-3f0c-4d0b-9c52-000000000001';

let now: number;
let asked: { request: GraphQLRequest; caller: Caller }[];
let taken: { kind: string; text: string; atomic: boolean; contentEncoding: string | undefined }[];
let ready: () => Promise<void>;
let subgraph: HttpSubgraph;
const clock = { now: () => now };

const answer = { received: 1, inserted: 1, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [] };
const stub: SubgraphConnection = {
  name: 'billing',
  ingestKinds: ['payments'],
  directoryKinds: [],
  async execute(request, from) {
    asked.push({ request, caller: from });
    return { data: { company: null } };
  },
  async ingest({ kind, body, atomic, contentEncoding }) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    taken.push({ kind, atomic, contentEncoding, text: Buffer.concat(chunks).toString() });
    return { status: 200, answer };
  },
  openFile: async () => undefined,
  checkReady: () => ready(),
};

beforeEach(async () => {
  now = NOW;
  asked = [];
  taken = [];
  ready = async () => undefined;
  subgraph = await behindHttp(stub, { clock });
});
afterEach(() => subgraph.stop());

const tokenFor = (name: string, at = NOW) => signInternalToken(subgraph.signingKey, caller, name, { now: () => at });

async function post(path: string, body: string, headers: Record<string, string | undefined>) {
  const sent = Object.entries({ 'content-type': 'application/json', ...headers }).filter(
    ([, value]) => value !== undefined,
  );
  const response = await fetch(`${subgraph.url}${path}`, { method: 'POST', headers: sent as [string, string][], body });
  return { status: response.status, headers: response.headers, body: (await response.json()) as { error?: object } };
}
const QUERY = JSON.stringify({ query: '{ company { id } }', variables: { a: 1 }, operationName: null });

test('the gateway asks, and the subgraph knows who asks in which request', async () => {
  const headers = { 'x-internal-identity': await tokenFor('billing'), 'x-request-id': REQUEST_ID };
  const { status, body, headers: answered } = await post('/graphql', QUERY, headers);
  expect([status, body]).toEqual([200, { data: { company: null } }]);
  expect(answered.get('x-request-id')).toBe(REQUEST_ID);
  expect(asked).toEqual([
    {
      request: { query: '{ company { id } }', variables: { a: 1 }, operationName: null },
      caller: { identity: caller, requestId: REQUEST_ID },
    },
  ]);
});

const refused = {
  status: 401,
  body: {
    error: { code: 'UNAUTHENTICATED', message: 'only the gateway may ask a subgraph.', requestId: expect.any(String) },
  },
};

test.each<[string, () => Promise<string | undefined>]>([
  ['no credential', async () => undefined],
  ['an empty credential', async () => ''],
  ['an expired credential', () => tokenFor('billing', NOW - 60_000)],
  ['a credential for another subgraph', () => tokenFor('messaging-stats')],
  [
    'the signature of another key',
    async () =>
      signInternalToken(await readInternalSigningKey((await makeInternalKey()).signingKey), caller, 'billing', clock),
  ],
  ['an access token of a user', async () => signAccessToken(await makeSigningKey(), caller, 60, clock)],
  ['two credentials', async () => `${await tokenFor('billing')}, ${await tokenFor('billing')}`],
])('%s is refused before GraphQL, and before events are read', async (_, make) => {
  const token = await make();
  const documents = [
    QUERY,
    '{ "query": ',
    JSON.stringify({ query: '{ _service { sdl } }' }),
    JSON.stringify({ query: '{ _entities(representations: []) { __typename } }' }),
  ];
  for (const document of documents) {
    expect(await post('/graphql', document, { 'x-internal-identity': token })).toMatchObject(refused);
  }
  const headers = { 'x-internal-identity': token, 'content-type': 'application/x-ndjson' };
  expect(await post('/ingest/payments', '{}', headers)).toMatchObject(refused);
  expect(await post('/nothing', '', { 'x-internal-identity': token })).toMatchObject(refused);
  expect([asked, taken]).toEqual([[], []]);
});

test("a user's own token in the Authorization header opens nothing", async () => {
  const authorization = `Bearer ${await tokenFor('billing')}`;
  expect(await post('/graphql', QUERY, { authorization })).toMatchObject(refused);
});

test.each([
  ['no JSON', '{ "query": ', 400, 'BAD_USER_INPUT', /valid JSON/],
  ['no document', '{}', 400, 'BAD_USER_INPUT', /^query: send the text of a document\.$/],
  ['a list of requests', `[${QUERY}]`, 400, 'BAD_USER_INPUT', /^query: /],
  [
    'variables that are none',
    '{"query":"{ a }","variables":[]}',
    400,
    'BAD_USER_INPUT',
    /^variables: send an object\.$/,
  ],
  [
    'an operation name that is none',
    '{"query":"{ a }","operationName":1}',
    400,
    'BAD_USER_INPUT',
    /^operationName: send a text\.$/,
  ],
])('%s is refused with the remedy', async (_, document, status, code, message) => {
  const answered = await post('/graphql', document, { 'x-internal-identity': await tokenFor('billing') });
  expect(answered).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(message) } } });
  expect(asked).toEqual([]);
});

test('events are taken in under the address of their kind', async () => {
  const headers = { 'x-internal-identity': await tokenFor('billing'), 'content-type': 'application/x-ndjson' };
  expect(await post('/ingest/payments?atomic=true', '{"id":"a"}\n', headers)).toMatchObject({
    status: 200,
    body: answer,
  });
  expect(taken).toEqual([{ kind: 'payments', text: '{"id":"a"}\n', atomic: true, contentEncoding: undefined }]);
  const wrongType = { ...headers, 'content-type': 'application/json' };
  expect(await post('/ingest/payments', '{}', wrongType)).toMatchObject({ status: 415 });
});

test('health is open to whoever watches, and tells nothing of why', async () => {
  const get = async (path: string) => {
    const response = await fetch(`${subgraph.url}${path}`);
    return [response.status, await response.json()];
  };
  expect(await get('/healthz')).toEqual([200, { status: 'ok' }]);
  expect(await get('/readyz')).toEqual([200, { status: 'ready' }]);
  ready = async () => {
    throw new Error('connect ECONNREFUSED 10.0.0.1:5432');
  };
  expect(await get('/healthz')).toEqual([200, { status: 'ok' }]);
  expect(await get('/readyz')).toEqual([503, { status: 'failing' }]);
  await expect(subgraph.connection.checkReady()).rejects.toThrow('billing cannot serve: status 503');
});

test('an id of a request that is none is not taken over', async () => {
  const headers = { 'x-internal-identity': await tokenFor('billing'), 'x-request-id': 'forged' };
  expect((await post('/graphql', QUERY, headers)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('the server ends while connections are kept alive', async () => {
  await post('/graphql', QUERY, { 'x-internal-identity': await tokenFor('billing') });
  await subgraph.restart();
  expect(
    await subgraph.connection.execute({ query: '{ company { id } }' }, { identity: caller, requestId: REQUEST_ID }),
  ).toEqual({ data: { company: null } });
});
