import { createHmac } from 'node:crypto';
import { exportSPKI, SignJWT } from 'jose';
import { ServiceError } from '#platform/errors';
import type { Caller } from '#platform/federation';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, makeSigningKey, signAccessToken } from '#platform/identity';
import { TEST_NOW } from '../tests/support/test-service.ts';
import {
  type HttpAnswer,
  type OpenedGateway,
  openGateway,
  ownCompany,
  post,
  send,
  stubSubgraph,
} from './opened-gateway.test-support.ts';

const clock = { now: () => TEST_NOW };
const QUERY = { query: '{ company { id } }' };

let gateway: OpenedGateway;
let callers: Caller[];
beforeAll(async () => {
  const answer = { received: 0, inserted: 0, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [] };
  gateway = await openGateway({
    connections: [
      stubSubgraph('billing', {
        execute: (request, caller) => {
          callers.push(caller);
          return ownCompany(request, caller);
        },
      }),
      stubSubgraph('messaging-stats', {
        ingestKinds: ['messages'],
        ingest: async (_request, caller) => {
          callers.push(caller);
          return { status: 200, answer };
        },
      }),
    ],
  });
});
beforeEach(() => {
  callers = [];
});
afterAll(() => gateway.stop());

const askGraph = (authorization?: string) => post(gateway.url, QUERY, { authorization });
const sendEvents = (authorization?: string) =>
  send(`${gateway.url}/ingest/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...(authorization && { authorization }) },
    body: '{}',
  });

/** What both doors say of a refused token. */
function refusalOf({ status, headers, body }: HttpAnswer) {
  const { message, code } = body.error ?? { ...body.errors[0], ...body.errors[0].extensions };
  return { status, wanted: headers.get('www-authenticate'), code, message };
}
const unauthenticated = (message: string) => ({ status: 401, wanted: 'Bearer', code: 'UNAUTHENTICATED', message });

const MISSING = 'a token is needed: send the header Authorization: Bearer TOKEN.';
const MALFORMED = 'the Authorization header is not of the form: Bearer TOKEN.';
const INVALID = 'the token does not hold; get a new one.';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = (changes: object = {}) => ({
  iss: LOCAL_ISSUER,
  aud: LOCAL_AUDIENCE,
  sub: 'test',
  exp: TEST_NOW / 1000 + 60,
  company_id: '7',
  scope: 'stats:read ingest:write',
  ...changes,
});
const signed = async (changes: object) =>
  `Bearer ${await new SignJWT(claims(changes) as never).setProtectedHeader({ alg: 'EdDSA' }).sign(gateway.key.privateKey)}`;

async function withPublicKeyAsSecret(): Promise<string> {
  const text = `${encode({ alg: 'HS256', kid: gateway.key.id })}.${encode(claims())}`;
  const secret = await exportSPKI(gateway.key.publicKey);
  return `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

async function ofAnotherKey(): Promise<string> {
  const other = { ...(await makeSigningKey()), id: gateway.key.id };
  return `Bearer ${await signAccessToken(other, { subject: 'test', companyId: '7', scopes: [] }, 60, clock)}`;
}

const refused: [string, () => Promise<string | undefined>, string][] = [
  ['no header', async () => undefined, MISSING],
  ['an empty token', async () => 'Bearer ', MALFORMED],
  ['another scheme', async () => 'Basic dXNlcjpwYXNzd29yZA==', MALFORMED],
  ['a token without a scheme', () => gateway.token(), MALFORMED],
  ['two tokens', async () => `Bearer ${await gateway.token()} ${await gateway.token()}`, MALFORMED],
  ['a text that is no token', async () => 'Bearer hello', INVALID],
  ['a token that has expired', () => signed({ exp: TEST_NOW / 1000 }), 'the token has expired; get a new one.'],
  ['a token that never expires', () => signed({ exp: undefined }), INVALID],
  ['a token without a subject', () => signed({ sub: undefined }), INVALID],
  [
    'a token for another audience',
    () => signed({ aud: 'billing' }),
    'the token is for another audience; get one for this service.',
  ],
  [
    'a token of another issuer',
    () => signed({ iss: 'https://issuer.example.com' }),
    'the token is of another issuer; get one for this service.',
  ],
  ['a token of another key', ofAnotherKey, INVALID],
  ['a token without a signature', async () => `Bearer ${encode({ alg: 'none' })}.${encode(claims())}.`, INVALID],
  ['a token whose secret is the public key', withPublicKeyAsSecret, INVALID],
  [
    'a company that is no number',
    () => signed({ company_id: '7 OR 1=1' }),
    'the token carries a company_id that is not a company number.',
  ],
];

test.each(refused)('[GEN-09] %s is refused at both doors before a subgraph hears of it', async (_, header, message) => {
  const authorization = await header();
  expect(refusalOf(await askGraph(authorization))).toEqual(unauthenticated(message));
  expect(refusalOf(await sendEvents(authorization))).toEqual(unauthenticated(message));
  expect(callers).toEqual([]);
});

test('[GEN-09] a token that holds is passed on to the subgraphs as the identity that it names', async () => {
  const authorization = `bearer ${await gateway.token({ companyId: '42', scopes: ['ingest:write'] })}`;
  const { body, headers } = await askGraph(authorization);
  expect(body).toEqual({ data: { company: { id: '42' } } });
  await sendEvents(authorization);
  const identity = { subject: 'test', companyId: '42', scopes: ['ingest:write'], name: undefined, email: undefined };
  expect(callers.map((caller) => caller.identity)).toEqual([identity, identity]);
  expect(callers[0]?.requestId).toBe(headers.get('x-request-id'));
});

test('identity that a client claims in headers of its own counts for nothing', async () => {
  const forged = { 'x-internal-identity': 'forged', 'x-company-id': '1', 'x-user': 'admin' };
  expect(refusalOf(await post(gateway.url, QUERY, forged))).toEqual(unauthenticated(MISSING));
  const authorization = `Bearer ${await gateway.token({ companyId: '42' })}`;
  expect((await post(gateway.url, QUERY, { authorization, ...forged })).body.data.company.id).toBe('42');
});

test('anybody may read the schema, and nothing else beside it', async () => {
  const schema = '{ __typename schema: __schema { queryType { name } } type: __type(name: "Money") { name } }';
  const { status, body } = await post(gateway.url, { query: schema });
  expect([status, body]).toEqual([
    200,
    { data: { __typename: 'Query', schema: { queryType: { name: 'Query' } }, type: { name: 'Money' } } },
  ]);
  const mixed = [
    '{ __typename company { id } }',
    '{ ...F } fragment F on Query { __typename company { id } }',
    '{ __typename ... { company { id } } }',
    '{ __typename: company { id } }',
    'mutation { registerCompany(input: { id: "1", name: "x", timeZone: "UTC", currency: "EUR" }) { userErrors { code } } }',
    'query A { __typename } query B { company { id } }',
  ];
  for (const query of mixed) {
    const answer = await post(gateway.url, { query, operationName: query.includes('query B') ? 'B' : undefined });
    expect(refusalOf(answer)).toEqual(unauthenticated(MISSING));
  }
  expect(callers).toEqual([]);
});

test('a bad token is refused even where none would do', async () => {
  const answer = await post(gateway.url, { query: '{ __typename }' }, { authorization: 'Bearer hello' });
  expect(refusalOf(answer)).toEqual(unauthenticated(INVALID));
});

test("while the issuer's keys cannot be fetched the answer is 503 at both doors, with when to come back", async () => {
  const message = "the token issuer's keys cannot be fetched; try again.";
  const unreachable = await openGateway({
    connections: [stubSubgraph('billing'), stubSubgraph('messaging-stats', { ingestKinds: ['messages'] })],
    verifyToken: async () => {
      throw new ServiceError('SERVICE_UNAVAILABLE', message, { cause: new Error('connect ECONNREFUSED 10.0.0.1:443') });
    },
  });
  const headers = { authorization: 'Bearer x', 'content-type': 'application/x-ndjson' };
  const graph = await post(unreachable.url, QUERY, { authorization: 'Bearer x' });
  const ingest = await send(`${unreachable.url}/ingest/messages`, { method: 'POST', headers, body: '{}' });
  await unreachable.stop();
  expect(graph.body).toEqual({ errors: [{ message, extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
  const error = { code: 'SERVICE_UNAVAILABLE', message, requestId: ingest.headers.get('x-request-id') };
  expect(ingest.body).toEqual({ error });
  const answers = [graph, ingest].map((answer) => [answer.status, answer.headers.get('retry-after')]);
  expect(answers).toEqual([
    [503, '1'],
    [503, '1'],
  ]);
});
