import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceError } from '#platform/errors';
import {
  type Identity,
  makeInternalKey,
  readInternalPublicKey,
  readInternalSigningKey,
  verifyInternalToken,
} from '#platform/identity';
import { type Caller, HttpSubgraphConnection, type IngestRequest } from './index.ts';

const clock = { now: () => Date.UTC(2026, 2, 15, 12) };
const identity: Identity = { subject: 'user 1', companyId: '7', scopes: ['ingest:write'] };
const caller: Caller = { identity, requestId: '0b7f5f6e-3f0c-4d0b-9c52-000000000001' };
const answer = { received: 2, inserted: 2, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [] };

/** What a subgraph does with a request; each test says it anew. */
let handle: (request: IncomingMessage, response: ServerResponse) => void;
let requests: IncomingMessage[];
let server: Server;
let url: string;
let publicKey: string;
let signingKey: Awaited<ReturnType<typeof readInternalSigningKey>>;
const opened: HttpSubgraphConnection[] = [];

beforeAll(async () => {
  const texts = await makeInternalKey();
  publicKey = texts.publicKey;
  signingKey = await readInternalSigningKey(texts.signingKey);
});
beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  server.closeAllConnections();
  if (server.listening) await new Promise((closed) => server.close(closed));
});

function connect(timeouts: { timeoutMs?: number; ingestTimeoutMs?: number } = {}): HttpSubgraphConnection {
  const limits = { timeoutMs: 10_000, ingestTimeoutMs: 10_000, ...timeouts };
  const connection = new HttpSubgraphConnection({
    name: 'billing',
    ingestKinds: ['payments'],
    directoryKinds: [],
    url,
    signingKey,
    clock,
    ...limits,
  });
  opened.push(connection);
  return connection;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
const events = (body: AsyncIterable<Uint8Array>, more: Partial<IngestRequest> = {}): IngestRequest => {
  return { kind: 'payments', body, contentEncoding: undefined, atomic: false, ...more };
};
const question = { query: '{ company { id } }', variables: { a: 1 } };

test('a question carries who asks, signed for this subgraph, and the id of its request', async () => {
  let body = '';
  handle = async (request, response) => {
    for await (const chunk of request) body += chunk;
    sendJson(response, 200, { data: { company: null } });
  };
  expect(await connect().execute(question, caller)).toEqual({ data: { company: null } });
  const [request] = requests;
  expect([request?.method, request?.url, JSON.parse(body)]).toEqual(['POST', '/graphql', question]);
  expect(request?.headers['x-request-id']).toBe(caller.requestId);
  const token = request?.headers['x-internal-identity'] as string;
  expect(await verifyInternalToken(await readInternalPublicKey(publicKey), token, 'billing', clock)).toEqual(identity);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['another status', (response) => sendJson(response, 500, { data: {} })],
  [
    'a credential that is refused',
    (response) => sendJson(response, 401, { error: { code: 'UNAUTHENTICATED', message: 'x' } }),
  ],
  ['no JSON', (response) => response.end('<html>')],
  ['JSON that is no result', (response) => sendJson(response, 200, { ok: true })],
  ['a way to somewhere else', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
  ['a connection that breaks', (response) => response.destroy()],
])('%s is no answer, and the question is not sent a second time', async (_, respond) => {
  handle = (_request, response) => respond(response);
  await expect(connect().execute(question, caller)).rejects.toMatchObject({ message: expect.any(String) });
  expect(requests).toHaveLength(1);
});

test('a question that is not answered in time is given up, and its connection with it', async () => {
  const arrived = Promise.withResolvers<IncomingMessage>();
  handle = (request) => arrived.resolve(request);
  const gone = arrived.promise.then((request) => once(request.socket, 'close'));
  await expect(connect({ timeoutMs: 300 }).execute(question, caller)).rejects.toMatchObject({ name: 'TimeoutError' });
  await gone;
});

test('events go on as they come, with their encoding, and the answer comes back as it is', async () => {
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  handle = async (request, response) => {
    for await (const chunk of request) {
      seen.push(String(chunk));
      first.resolve();
    }
    sendJson(response, 422, { ...answer, rejected: 1 });
  };
  async function* body() {
    yield Buffer.from('{"id":"a"}\n');
    // The second piece is not made before the first one has arrived.
    await first.promise;
    yield Buffer.from('{"id":"b"}\n');
  }
  const taken = await connect().ingest(events(body(), { atomic: true, contentEncoding: 'gzip' }), caller);
  expect(taken).toEqual({ status: 422, answer: { ...answer, rejected: 1 } });
  expect(seen).toEqual(['{"id":"a"}\n', '{"id":"b"}\n']);
  expect(requests[0]).toMatchObject({ method: 'POST', url: '/ingest/payments?atomic=true' });
  expect(requests[0]?.headers).toMatchObject({ 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' });
});

test('a kind cannot lead to another address', async () => {
  handle = (_request, response) => sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'no such kind' } });
  await expect(connect().ingest(events(pieces('{}'), { kind: '../graphql?x' }), caller)).rejects.toThrow(
    'no such kind',
  );
  expect(requests[0]?.url).toBe('/ingest/..%2Fgraphql%3Fx');
});

test.each([
  [400, 'BAD_USER_INPUT'],
  [403, 'UNKNOWN_COMPANY'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [500, 'INTERNAL_SERVER_ERROR'],
  [503, 'OVERLOADED'],
])('a refusal with %i %s is the same as in one process', async (status, code) => {
  handle = (_request, response) =>
    sendJson(response, status, { error: { code, message: 'in its words.', requestId: 'x' } });
  const failure = await connect()
    .ingest(events(pieces('{}')), caller)
    .catch((error) => error);
  expect(failure).toBeInstanceOf(ServiceError);
  expect({ status: failure.httpStatus, code: failure.code, message: failure.message }).toEqual({
    status,
    code,
    message: 'in its words.',
  });
});

const lost = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'billing did not answer; send the whole body again in a second: lines that were kept count as unchanged.',
};

test.each<[string, (response: ServerResponse) => void]>([
  [
    'a credential that is refused',
    (response) => sendJson(response, 401, { error: { code: 'UNAUTHENTICATED', message: 'x' } }),
  ],
  ['an unknown code', (response) => sendJson(response, 418, { error: { code: 'TEAPOT', message: 'http://10.0.0.1' } })],
  ['no JSON', (response) => response.writeHead(502).end('<html>10.0.0.1</html>')],
  ['a connection that breaks', (response) => response.destroy()],
])('%s: the sender hears that the subgraph did not answer, and no address', async (_, respond) => {
  handle = (_request, response) => respond(response);
  await expect(connect().ingest(events(pieces('{}')), caller)).rejects.toMatchObject(lost);
  expect(requests).toHaveLength(1);
});

test('a subgraph that does not run is told in the same words', async () => {
  await new Promise((closed) => server.close(closed));
  await expect(connect().ingest(events(pieces('{}')), caller)).rejects.toMatchObject(lost);
  await expect(connect().checkReady()).rejects.toMatchObject({ message: 'fetch failed' });
});

test('a subgraph that falls silent over events is given up', async () => {
  handle = () => undefined;
  await expect(connect({ ingestTimeoutMs: 300 }).ingest(events(pieces('{}')), caller)).rejects.toMatchObject(lost);
});

test('no more of a body is read than the subgraph takes', async () => {
  const chunk = Buffer.alloc(64 * 1024, '\n');
  let made = 0;
  const ended = Promise.withResolvers<void>();
  async function* endless() {
    try {
      for (;;) {
        made += 1;
        yield chunk;
      }
    } finally {
      ended.resolve();
    }
  }
  const held = Promise.withResolvers<ServerResponse>();
  handle = (_request, response) => held.resolve(response);
  const taken = connect()
    .ingest(events(endless()), caller)
    .catch((error) => error);
  const response = await held.promise;
  // Nobody reads: the buffers of both ends fill up, and then nothing moves.
  let before = -1;
  while (made !== before) {
    before = made;
    for (let turn = 0; turn < 2000; turn += 1) await new Promise(setImmediate);
  }
  expect(made * chunk.length).toBeLessThan(64 * 1024 * 1024);
  // A refusal before the end of the body reaches the sender, and ends the body.
  sendJson(response, 413, { error: { code: 'PAYLOAD_TOO_LARGE', message: 'too much.' } });
  expect(await taken).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', message: 'too much.' });
  await ended.promise;
});

test('a body that breaks off breaks the request off: the subgraph does not take it for the end', async () => {
  const aborted = Promise.withResolvers<boolean>();
  const arrived = Promise.withResolvers<void>();
  handle = (request) => {
    request.once('data', () => arrived.resolve());
    request.once('close', () => aborted.resolve(!request.complete));
  };
  async function* broken() {
    yield Buffer.from('{"id":"a"}\n');
    await arrived.promise;
    throw new Error('the sender has gone');
  }
  await expect(connect().ingest(events(broken()), caller)).rejects.toMatchObject(lost);
  expect(await aborted.promise).toBe(true);
});
