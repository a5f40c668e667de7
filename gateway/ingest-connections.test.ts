import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { startTestService, type TestCompany, type TestService } from '../tests/support/test-service.ts';
import { openGateway, send, stubSubgraph } from './opened-gateway.test-support.ts';

const MAX = 2;
let service: TestService;
let company: TestCompany;
let token: string;
let agent: Agent;
beforeAll(async () => {
  service = await startTestService({ INGEST_MAX_REQUESTS: String(MAX) });
});
beforeEach(async () => {
  company = await service.company();
  token = await service.token({ companyId: company.id, scopes: ['ingest:write', 'stats:read'] });
});
beforeEach(() => {
  agent = new Agent({ keepAlive: true });
});
afterEach(() => agent.destroy());
afterAll(() => service.stop());

const line = (id: number) =>
  `${JSON.stringify({ id: `m${id}`, channel: 'SMS', status: 'PENDING', createdAt: '2026-03-10T09:00:00Z', statusAt: '2026-03-10T09:00:01Z' })}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');

interface Upload {
  request: ClientRequest;
  answer: Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Record<string, unknown> }>;
}

/** Begins a request whose body is written by hand. */
function upload(headers: Record<string, string> = {}, url = service.url): Upload {
  const sent = request(`${url}/ingest/messages`, {
    method: 'POST',
    agent,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', ...headers },
  });
  const answer = once(sent, 'response').then(async ([response]: IncomingMessage[]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response as IncomingMessage) chunks.push(chunk);
    const { statusCode: status, headers: answered } = response as IncomingMessage;
    return { status, headers: answered, body: JSON.parse(Buffer.concat(chunks).toString()) };
  });
  answer.catch(() => undefined);
  sent.on('error', () => undefined);
  return { request: sent, answer };
}

const kept = async () => {
  const { data } = await company.graph(
    '{ messages(period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }) { totalCount } }',
  );
  return data.messages.totalCount as number;
};

/** Waits for what the server does in its own time. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

const counts = (received: number, unchanged = 0) => ({
  received,
  inserted: received - unchanged,
  updated: 0,
  unchanged,
  waiting: 0,
  rejected: 0,
  errors: [],
});

/** Two batches are stored as soon as they are there, while the body is still open. */
const BATCH = 5000;

test('one request more than may be under way is refused until one of them ends, and loses nothing', async () => {
  const held = Array.from({ length: MAX }, () => upload());
  // Enough that a batch is stored: then the request is known to be under way.
  held[0]?.request.write(lines(0, BATCH + 1));
  held[1]?.request.write(lines(0, BATCH + 1));
  await until(async () => (await kept()) === BATCH);
  const refused = upload();
  refused.request.end(line(1));
  const { status, headers, body } = await refused.answer;
  expect([status, headers['retry-after'], body]).toEqual([
    503,
    '1',
    {
      error: {
        code: 'OVERLOADED',
        message: `${MAX} ingest requests are under way; send this one again in a second.`,
        requestId: headers['x-request-id'],
      },
    },
  ]);
  // The graph is another door.
  expect(await kept()).toBe(BATCH);
  held[0]?.request.end(line(BATCH + 1));
  expect((await held[0]?.answer)?.status).toBe(200);
  const again = upload();
  again.request.end(line(1));
  expect(await again.answer).toMatchObject({ status: 200, body: counts(1, 1) });
  held[1]?.request.end();
  expect((await held[1]?.answer)?.status).toBe(200);
});

test('a sender that breaks off keeps what was committed, gives its place back, and may send all of it again', async () => {
  const broken = Array.from({ length: MAX }, () => upload());
  for (const { request: sent } of broken) sent.write(lines(0, BATCH + 10));
  await until(async () => (await kept()) === BATCH);
  for (const { request: sent } of broken) sent.destroy();
  await until(async () => {
    const probe = upload();
    probe.request.end('');
    return (await probe.answer).status === 200;
  });
  const stored = await kept();
  expect([BATCH, BATCH + 10]).toContain(stored);
  const again = upload();
  again.request.end(lines(0, BATCH + 10));
  expect(await again.answer).toMatchObject({ status: 200, body: counts(BATCH + 10, stored) });
  expect(await kept()).toBe(BATCH + 10);
});

test('an atomic request that breaks off leaves nothing behind', async () => {
  const sent = request(`${service.url}/ingest/messages?atomic=true`, {
    method: 'POST',
    agent,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
  });
  sent.on('error', () => undefined);
  await new Promise((resolve) => sent.write(lines(0, 2 * BATCH), resolve));
  sent.destroy();
  const whole = await company.ingest('messages', [line(1).trim()]);
  expect(whole).toMatchObject({ status: 200, inserted: 1 });
  expect(await kept()).toBe(1);
});

test.each<[string, Record<string, string>, number, string]>([
  ['for its token', { Authorization: 'Bearer hello' }, 401, 'UNAUTHENTICATED'],
  ['for its type', { 'Content-Type': 'application/json' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['for its compression', { 'Content-Encoding': 'br' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['for its first line', {}, 400, 'BAD_USER_INPUT'],
])(
  'a long body that is refused %s is taken to its end, and the connection goes on',
  async (_, changes, status, code) => {
    const { host, hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('utf8').on('data', (text) => {
      received += text;
    });
    const head = { Host: host, Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson', ...changes };
    const named = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /ingest/messages HTTP/1.1\r\n${named.join('')}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `${(65_520).toString(16)}\r\n${'no JSON at all\n'.repeat(4368)}\r\n`;
    // 26 MB, far more than any buffer on the way holds: who does not take it in keeps the sender waiting for ever.
    for (let written = 0; written < 400; written++) if (!socket.write(chunk)) await once(socket, 'drain');
    socket.write(`0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    await once(socket, 'close');
    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`, 'HTTP/1.1 200']);
    expect(received).toContain(`{"error":{"code":"${code}"`);
  },
);

test('a place is given back whatever way a request ends', async () => {
  let fail: 'reject' | 'throw' | undefined;
  const ingest = () => {
    if (fail === 'throw') throw new TypeError('x');
    return fail ? Promise.reject(new Error('x')) : Promise.resolve({ status: 200, answer: counts(0) });
  };
  const gateway = await openGateway({
    maxIngestRequests: 1,
    connections: [stubSubgraph('billing'), stubSubgraph('messaging-stats', { ingestKinds: ['messages'], ingest })],
  });
  const headers = { authorization: `Bearer ${await gateway.token()}`, 'content-type': 'application/x-ndjson' };
  const ask = async () =>
    (await send(`${gateway.url}/ingest/messages`, { method: 'POST', headers, body: '{}' })).status;
  const statuses: number[] = [];
  for (fail of ['reject', 'throw', 'reject', undefined] as const) statuses.push(await ask());
  await gateway.stop();
  expect(statuses).toEqual([500, 500, 500, 200]);
});
