import { gzipSync } from 'node:zlib';
import { SUBGRAPHS } from '../scripts/subgraphs.ts';
import { startTestService, type TestService } from '../tests/support/test-service.ts';
import { type HttpAnswer, send } from './opened-gateway.test-support.ts';

let service: TestService;
let token: string;
beforeAll(async () => {
  service = await startTestService();
  const { id: companyId } = await service.company();
  token = await service.token({ companyId, scopes: ['ingest:write'] });
});
afterAll(() => service.stop());

const line = (id: string) =>
  JSON.stringify({
    id,
    channel: 'SMS',
    status: 'PENDING',
    createdAt: '2026-03-10T09:00:00Z',
    statusAt: '2026-03-10T09:00:01Z',
  });

interface Sent {
  path?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

const ingest = ({ path = 'messages', headers = {}, body = line('a') }: Sent = {}) =>
  send(`${service.url}/ingest/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', ...headers },
    body,
  });

/** Status and body, of which the request's id stands in the header too. */
function refusalOf({ status, headers, body }: HttpAnswer) {
  expect(Object.keys(body)).toEqual(['error']);
  const { requestId, ...error } = body.error;
  expect(requestId).toBe(headers.get('x-request-id'));
  return { status, ...error };
}

const counts = (changes: object) => ({
  received: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  waiting: 0,
  rejected: 0,
  errors: [],
  ...changes,
});

test('lines are kept, and the same lines again change nothing', async () => {
  const body = `${line('first')}\n\n${line('second')}\r\n`;
  const first = await ingest({ body });
  expect([first.status, first.body]).toEqual([200, counts({ received: 2, inserted: 2 })]);
  expect((await ingest({ body })).body).toEqual(counts({ received: 2, unchanged: 2 }));
});

test.each(['application/x-ndjson; charset=utf-8', 'Application/X-NDJSON'])('the type %s is taken', async (type) => {
  expect((await ingest({ headers: { 'content-type': type } })).status).toBe(200);
});

test.each(['gzip', 'GZIP', 'x-gzip'])('a body that is compressed with %s is taken', async (encoding) => {
  const answer = await ingest({ headers: { 'content-encoding': encoding }, body: gzipSync(line(encoding)) });
  expect([answer.status, answer.body]).toEqual([200, counts({ received: 1, inserted: 1 })]);
});

test('a body without lines is taken', async () => {
  expect((await ingest({ body: '\n\n' })).body).toEqual(counts({}));
});

const KINDS = [...new Set(SUBGRAPHS.flatMap(({ ingest = [] }) => ingest.map(({ kind }) => kind)))].join(', ');
const NOT_NDJSON =
  'body: line 1 is not a JSON object, so nothing was read; send newline-delimited JSON (NDJSON), one object a line.';
const WRONG_TYPE = 'send the header Content-Type: application/x-ndjson, one JSON object a line.';

test.each<[string, Sent, number, string, string]>([
  [
    'a kind that is not there',
    { path: 'letters' },
    404,
    'NOT_FOUND',
    `there are no events of kind "letters"; the kinds are: ${KINDS}.`,
  ],
  [
    'a kind with a long name',
    { path: 'x'.repeat(90) },
    404,
    'NOT_FOUND',
    `there are no events of kind "${'x'.repeat(40)}"; the kinds are: ${KINDS}.`,
  ],
  ['JSON', { headers: { 'content-type': 'application/json' } }, 415, 'UNSUPPORTED_MEDIA_TYPE', WRONG_TYPE],
  ['a form', { headers: { 'content-type': 'multipart/form-data' } }, 415, 'UNSUPPORTED_MEDIA_TYPE', WRONG_TYPE],
  [
    'another compression',
    { headers: { 'content-encoding': 'br' } },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Content-Encoding "br" is not supported; send gzip, or no compression.',
  ],
  ['a text', { body: 'hello\n' }, 400, 'BAD_USER_INPUT', NOT_NDJSON],
  ['a list of lines', { body: `[${line('a')}]` }, 400, 'BAD_USER_INPUT', NOT_NDJSON],
  [
    'atomic=maybe',
    { path: 'messages?atomic=maybe' },
    400,
    'BAD_USER_INPUT',
    'atomic: "maybe" is neither true nor false.',
  ],
  [
    'atomic said two times',
    { path: 'messages?atomic=true&atomic=false' },
    400,
    'BAD_USER_INPUT',
    'atomic: ["true","false"] is neither true nor false.',
  ],
])('%s is refused', async (_, sent, status, code, message) => {
  expect(refusalOf(await ingest(sent))).toEqual({ status, code, message });
});

test('a body that says it is compressed and is not is refused with how many lines were kept', async () => {
  const answer = await ingest({ headers: { 'content-encoding': 'gzip' }, body: line('not compressed') });
  expect(refusalOf(answer)).toEqual({
    status: 400,
    code: 'BAD_USER_INPUT',
    message:
      'body: the gzip stream is broken (incorrect header check); 0 lines before it were kept. ' +
      'Send the whole body again: lines that were kept count as unchanged.',
  });
});

test('[GEN-09] a token without the scope, and one without a company, are refused with 403', async () => {
  const { id: companyId } = await service.company();
  const reader = await service.token({ companyId, scopes: ['stats:read', 'staff:platform'] });
  expect(refusalOf(await ingest({ headers: { authorization: `Bearer ${reader}` } }))).toEqual({
    status: 403,
    code: 'FORBIDDEN',
    message: 'this needs a token with the scope ingest:write.',
  });
  const nobody = await service.token({ scopes: ['ingest:write'] });
  expect(refusalOf(await ingest({ headers: { authorization: `Bearer ${nobody}` } }))).toEqual({
    status: 403,
    code: 'FORBIDDEN',
    message: 'this token names no company; use a token with a company_id.',
  });
});

test('good lines beside bad ones are kept, and an atomic request keeps none', async () => {
  const body = `${line('good')}\n{"id":"bad"}`;
  const errors = [expect.objectContaining({ line: 2, field: 'channel' })];
  const atomic = await ingest({ path: 'messages?atomic=true', body });
  expect([atomic.status, atomic.body]).toEqual([422, counts({ received: 2, rejected: 2, errors })]);
  const each = await ingest({ path: 'messages?atomic=false', body });
  expect([each.status, each.body]).toEqual([200, counts({ received: 2, inserted: 1, rejected: 1, errors })]);
});

test('events are sent with POST alone', async () => {
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const refused = refusalOf(await send(`${service.url}/ingest/messages`, { method }));
    expect(refused).toEqual({ status: 405, code: 'METHOD_NOT_ALLOWED', message: 'events are sent with POST.' });
  }
});
