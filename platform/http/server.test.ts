import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { ServiceError } from '#platform/errors';
import { bearerToken, createHttpServer, listen } from './index.ts';

const SECRET = 'password=hunter2 at 10.0.0.1';

let server: FastifyInstance;
let url: string;
let logged: string[];
beforeEach(async () => {
  logged = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
  server = createHttpServer({ logger, maxBodyBytes: 1000 });
  server.get('/refused', async () => {
    throw new ServiceError('OVERLOADED', 'too much is under way; come back in a second.');
  });
  server.get('/failed', async () => {
    throw Object.assign(new Error(SECRET), { statusCode: 418, detail: SECRET });
  });
  server.post('/echo', async (request) => ({ body: request.body }));
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
});
afterEach(() => server.close());

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(`${url}${path}`, init);
  const { 'x-request-id': id, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, id, headers, body: await response.json() };
}
const postJson = (body: string) =>
  ask('/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test.each([
  [
    'a path that is not there',
    () => ask('/nothing?token=secret'),
    404,
    'NOT_FOUND',
    'there is nothing at GET /nothing.',
  ],
  [
    'a method that is not there',
    () => ask('/echo', { method: 'PUT' }),
    404,
    'NOT_FOUND',
    'there is nothing at PUT /echo.',
  ],
  ['a path that cannot be decoded', () => ask('/%zz'), 400, 'BAD_USER_INPUT', "'/%zz' is not a valid url component"],
  ['a refusal', () => ask('/refused'), 503, 'OVERLOADED', 'too much is under way; come back in a second.'],
  ['a failure', () => ask('/failed'), 500, 'INTERNAL_SERVER_ERROR', 'something went wrong here; it has been logged.'],
  [
    'an empty body',
    () => postJson(''),
    400,
    'BAD_USER_INPUT',
    "Body cannot be empty when content-type is set to 'application/json'",
  ],
  [
    'a body that is no JSON',
    () => postJson('{"a":'),
    400,
    'BAD_USER_INPUT',
    "Body is not valid JSON but content-type is set to 'application/json'",
  ],
  [
    'a body that would change what all objects are',
    () => postJson('{"__proto__":{"admin":true}}'),
    400,
    'BAD_USER_INPUT',
    "Body is not valid JSON but content-type is set to 'application/json'",
  ],
  [
    'a body that is too long',
    () => postJson(`"${'x'.repeat(999)}"`),
    413,
    'PAYLOAD_TOO_LARGE',
    'the body is too long; ask in several requests.',
  ],
])('%s is answered in one form, with the id under which it is logged', async (_, request, status, code, message) => {
  const answer = await request();
  expect(answer).toMatchObject({ status, body: { error: { code, message, requestId: answer.id } } });
  expect(Object.keys(answer.body as object)).toEqual(['error']);
  expect(answer.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

test('a failure is logged whole, with the id of its answer', async () => {
  const { id } = await ask('/failed');
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { reqId: id, msg: 'a request failed', err: { message: SECRET } },
  ]);
});

test('a refusal for lack of room says when to come back, and is logged', async () => {
  const { headers, id } = await ask('/refused');
  expect(headers['retry-after']).toBe('1');
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ reqId: id, msg: 'a request failed' }]);
});

test('an id that a client sends is not taken over into logs and answers', async () => {
  const { id } = await ask('/echo', { headers: { 'x-request-id': 'forged\\n' } });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

test('what is no HTTP is answered with 400 and closed', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end('hello\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 400 /);
});

test('an address that is taken is refused with the remedy', async () => {
  const port = Number(new URL(url).port);
  const second = createHttpServer({ logger: pino({ level: 'silent' }), maxBodyBytes: 1000 });
  const remedy = (message: string) => ({ name: 'StartUpError', message });
  await expect(listen(second, '127.0.0.1', port)).rejects.toMatchObject(
    remedy(`port ${port} is in use; stop what listens there or set PORT to another one.`),
  );
  await expect(listen(second, '203.0.113.1', 0)).rejects.toMatchObject(
    remedy('203.0.113.1 is not an address of this machine; correct HOST.'),
  );
  await second.close();
});

test.each([
  ['Bearer abc.def', 'abc.def'],
  ['bearer   abc', 'abc'],
  ['  BEARER abc ', 'abc'],
  [undefined, undefined],
])('the Authorization header %j carries the token %j', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

test.each(['', 'Bearer', 'Bearer ', 'abc', 'Bearerabc', 'Basic abc', 'Bearer a b', 'Bearer a, Bearer b'])(
  'the Authorization header %j is refused',
  (header) => {
    expect(() => bearerToken(header)).toThrow('the Authorization header is not of the form: Bearer TOKEN.');
  },
);
