import { createHash } from 'node:crypto';
import { type OpenedGateway, openGateway, post, send } from './opened-gateway.test-support.ts';

let gateway: OpenedGateway;
let authorization: string;
beforeAll(async () => {
  gateway = await openGateway();
  authorization = `Bearer ${await gateway.token()}`;
});
afterAll(() => gateway.stop());

const ask = (body: object | string, headers: Record<string, string> = {}) =>
  post(gateway.url, body, { authorization, ...headers });
const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  send(`${gateway.url}/graphql?${new URLSearchParams(parameters)}`, { headers: { authorization, ...headers } });
const OWN = { data: { company: { id: '7' } } };
const QUERY = '{ company { id } }';
const PREFLIGHT = { 'apollo-require-preflight': 'true' };

/** Status, code and message of a refusal. */
function refusalOf({ status, body }: Awaited<ReturnType<typeof ask>>) {
  const { message, code = body.errors[0].extensions.code } = body.error ?? body.errors[0];
  return { status, code, message };
}

test('every answer carries the id of its request, and no two the same', async () => {
  const answers = [await ask({ query: QUERY }), await ask({ query: '{ nothing }' }), await ask('{'), await get({})];
  const ids = answers.map(({ headers }) => headers.get('x-request-id'));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(4);
});

test('answers about a company are kept by no cache on the way', async () => {
  expect((await ask({ query: QUERY })).headers.get('cache-control')).toBe('no-store');
});

test('a query may be sent with GET, where a header proves that no page of another site sends it', async () => {
  const variables = JSON.stringify({ id: '7' });
  const query = 'query Q($id: ID) { company(id: $id) { id } }';
  const answer = await get({ query, variables, operationName: 'Q' }, PREFLIGHT);
  expect([answer.status, answer.body]).toEqual([200, OWN]);
});

test.each<[string, () => ReturnType<typeof ask>]>([
  ['GET without such a header', () => get({ query: QUERY })],
  ['POST of plain text', () => ask(JSON.stringify({ query: QUERY }), { 'content-type': 'text/plain' })],
])('%s, which a page of another site could send, is refused', async (_, request) => {
  expect(refusalOf(await request())).toMatchObject({
    status: 400,
    code: 'BAD_REQUEST',
    message: expect.stringContaining('Cross-Site Request Forgery'),
  });
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'text/html'])(
  'a body of type %s, which a page of another site could send, is refused',
  async (type) => {
    expect(refusalOf(await ask(`query=${QUERY}`, { 'content-type': type, ...PREFLIGHT }))).toEqual({
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Unsupported Media Type',
    });
  },
);

test('a mutation with GET is refused, with what to use instead', async () => {
  const query =
    'mutation { registerCompany(input: { id: "7", name: "x", timeZone: "UTC", currency: "EUR" }) { company { id } } }';
  const answer = await get({ query }, PREFLIGHT);
  expect(refusalOf(answer)).toEqual({
    status: 405,
    code: 'BAD_REQUEST',
    message: 'GET requests only support query operations, not mutation operations',
  });
  expect(answer.headers.get('allow')).toBe('POST');
});

test('several operations in one body are refused', async () => {
  expect(refusalOf(await ask([{ query: QUERY }, { query: QUERY }]))).toEqual({
    status: 400,
    code: 'BAD_REQUEST',
    message: 'Operation batching disabled.',
  });
});

const JSON_FAULT = "Body is not valid JSON but content-type is set to 'application/json'";
const NO_KEYS = 'POST body missing, invalid Content-Type, or JSON object has no keys.';

test.each<[string, string | object, string, string]>([
  ['nothing', '', 'BAD_USER_INPUT', "Body cannot be empty when content-type is set to 'application/json'"],
  ['no JSON', '{"query":', 'BAD_USER_INPUT', JSON_FAULT],
  ['a key that would change what objects are', '{"query":"{__typename}","__proto__":{}}', 'BAD_USER_INPUT', JSON_FAULT],
  ['null', 'null', 'BAD_REQUEST', NO_KEYS],
  ['an empty object', {}, 'BAD_REQUEST', NO_KEYS],
  [
    'no query',
    { variables: {} },
    'BAD_REQUEST',
    'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.',
  ],
  ['a query that is no text', { query: 5 }, 'BAD_REQUEST', 'GraphQL queries must be strings.'],
  [
    'variables that are no object',
    { query: QUERY, variables: [1] },
    'BAD_REQUEST',
    '`variables` in a POST body must be an object if provided.',
  ],
  [
    'a name of an operation that is no text',
    { query: QUERY, operationName: {} },
    'BAD_REQUEST',
    '`operationName` in a POST body must be a string if provided.',
  ],
  [
    'a query that is none',
    { query: '{ company {' },
    'GRAPHQL_PARSE_FAILED',
    'Syntax Error: Expected Name, found <EOF>.',
  ],
  [
    'a field that is not there',
    { query: '{ companies { id } }' },
    'GRAPHQL_VALIDATION_FAILED',
    'Cannot query field "companies" on type "Query". Did you mean "company"?',
  ],
  [
    'an operation that the document does not have',
    { query: 'query A { __typename } query B { __typename }', operationName: 'C' },
    'OPERATION_RESOLUTION_FAILURE',
    'the document has no operation "C"; name one of its operations.',
  ],
  [
    'several operations and the name of none',
    { query: 'query A { __typename } query B { __typename }' },
    'OPERATION_RESOLUTION_FAILURE',
    'the document has no operation ""; name one of its operations.',
  ],
  [
    'a subscription',
    { query: 'subscription { company { id } }' },
    'OPERATION_RESOLUTION_FAILURE',
    'there are no subscriptions here; ask again for what may have changed.',
  ],
  [
    'a variable of another type',
    { query: 'query Q($p: PeriodInput!) { messagingStats(period: $p) { currency } }', variables: { p: 'TODAY' } },
    'BAD_USER_INPUT',
    'Variable "$p" got invalid value "TODAY"; Expected type "PeriodInput" to be an object.',
  ],
  [
    'a variable that is missing',
    { query: 'query Q($p: PeriodInput!) { messagingStats(period: $p) { currency } }' },
    'BAD_USER_INPUT',
    'Variable "$p" of required type "PeriodInput!" was not provided.',
  ],
  [
    'the hash of another document',
    { query: QUERY, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    'BAD_REQUEST',
    'provided sha does not match query',
  ],
])('a body with %s is refused with 400 and what is wrong', async (_, body, code, message) => {
  expect(refusalOf(await ask(body))).toEqual({ status: 400, code, message });
});

test('a body that is too long is refused with 413, whether it says so or not', async () => {
  const body = JSON.stringify({ query: QUERY + ' '.repeat(100_000) });
  const refusal = { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'the body is too long; ask in several requests.' };
  expect(refusalOf(await ask(body))).toEqual(refusal);
  const stream = new Blob([body]).stream();
  const headers = { authorization, 'content-type': 'application/json' };
  const chunked = await send(`${gateway.url}/graphql`, {
    method: 'POST',
    headers,
    body: stream,
    duplex: 'half',
  } as RequestInit);
  expect(refusalOf(chunked)).toEqual(refusal);
});

test('a document may be sent by its hash once it was sent whole', async () => {
  const query = 'query Persisted { company { id } }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
  expect((await ask({ extensions })).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  expect((await ask({ query, extensions })).body).toEqual(OWN);
  expect((await ask({ extensions })).body).toEqual(OWN);
  // A hash is no token.
  expect((await post(gateway.url, { extensions })).status).toBe(401);
});

test('what is at no address is answered with 404 as JSON', async () => {
  for (const path of ['/', '/nothing', '/graphql/', '/graphiql/../package.json', '/ingest']) {
    const answer = await send(`${gateway.url}${path}`);
    expect([path, answer.status, answer.body?.error.code]).toEqual([path, 404, 'NOT_FOUND']);
  }
  expect(refusalOf(await send(`${gateway.url}/graphql`, { method: 'DELETE' }))).toEqual({
    status: 404,
    code: 'NOT_FOUND',
    message: 'there is nothing at DELETE /graphql.',
  });
});
