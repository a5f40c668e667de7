import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadDemo } from './load-demo.ts';
import type { DemoScenario } from './scenario.ts';

const NOW = Date.parse('2026-06-17T11:24:00Z');
const SCENARIO: DemoScenario = {
  seed: 1,
  company: { id: '1', name: 'Test', timeZone: 'Europe/Moscow', currency: 'EUR' },
  months: 1,
  streams: [
    { kind: 'messages', lines: () => numbered('m', 2500) },
    { kind: 'calls', lines: () => numbered('c', 3) },
  ],
};

interface Received {
  kind: string;
  ids: string[];
  authorization?: string;
  contentType?: string;
}
type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

let server: Server;
let url: string;
let received: Received[];
let waits: number[];
/** Answers a request by itself and returns true, or leaves it to the stub. */
let answerFirst: Answer;

beforeEach(async () => {
  received = [];
  waits = [];
  answerFirst = () => false;
  server = createServer((request, response) => void ingest(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const options = () => ({
  url,
  token: 'secret',
  now: NOW,
  scenario: SCENARIO,
  linesPerRequest: 1000,
  wait: async (waitMs: number) => {
    waits.push(waitMs);
  },
});

test('sends every line of every kind once, in requests of bounded size, and tells of its progress', async () => {
  const progress: [number, number, string][] = [];
  const answer = await loadDemo({ ...options(), onProgress: (...step) => progress.push(step) });
  expect(answer).toEqual({ lines: 2503 });
  expect(received.map(({ kind, ids }) => [kind, ids.length])).toEqual([
    ['messages', 1000],
    ['messages', 1000],
    ['messages', 500],
    ['calls', 3],
  ]);
  const ids = [...numbered('m', 2500), ...numbered('c', 3)].map(({ id }) => id);
  expect(received.flatMap((request) => request.ids)).toEqual(ids);
  expect(progress).toEqual([
    [1000, 2503, 'messages'],
    [2000, 2503, 'messages'],
    [2500, 2503, 'messages'],
    [2503, 2503, 'calls'],
  ]);
  expect([received[0]?.authorization, received[0]?.contentType]).toEqual(['Bearer secret', 'application/x-ndjson']);
});

test('sends the same lines again after the time that an overloaded service asks for', async () => {
  answerFirst = refuseOnce(503, { 'retry-after': '7' });
  await expect(loadDemo(options())).resolves.toEqual({ lines: 2503 });
  expect(waits).toEqual([7000]);
  expect(received.flatMap(({ ids }) => ids)).toHaveLength(2503);
});

test('sends the same lines again when the connection breaks', async () => {
  let broken = false;
  answerFirst = (request) => {
    if (broken) return false;
    broken = true;
    request.socket.destroy();
    return true;
  };
  await expect(loadDemo(options())).resolves.toEqual({ lines: 2503 });
  expect(waits).toEqual([1000]);
});

test('gives up on a service that stays overloaded', async () => {
  answerFirst = refuse(503, { 'retry-after': '3600' });
  await expect(loadDemo(options())).rejects.toThrow(`${url}/ingest/messages answered 503: refused`);
  expect(waits).toEqual(Array(5).fill(30_000));
});

test('names the first error of a rejected line', async () => {
  const errors = [{ line: 12, code: 'INVALID_FIELD', field: 'channel', message: 'is not a channel' }];
  answerFirst = (request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ received: 1000, rejected: 2, errors })));
    return true;
  };
  await expect(loadDemo(options())).rejects.toThrow(
    `${url}/ingest/messages rejected 2 of 1000 lines; line 12, channel: INVALID_FIELD, is not a channel`,
  );
});

test('does not take an answer for success that counts fewer lines than were sent', async () => {
  answerFirst = (request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ received: 999, rejected: 0, errors: [] })));
    return true;
  };
  await expect(loadDemo(options())).rejects.toThrow('was sent 1000 lines and answered {"received":999');
});

test('tells what a refusal says, without trying again', async () => {
  answerFirst = refuse(403, {});
  await expect(loadDemo(options())).rejects.toThrow(`${url}/ingest/messages answered 403: refused`);
  expect(waits).toEqual([]);
});

test('names the address that cannot be reached', async () => {
  const closed = 'http://127.0.0.1:1';
  await expect(loadDemo({ ...options(), url: closed })).rejects.toThrow(
    'http://127.0.0.1:1/ingest/messages cannot be reached: ',
  );
  expect(waits).toHaveLength(5);
});

test('stops when it is aborted', async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error('stopped by the test'));
  await expect(loadDemo({ ...options(), onProgress, signal: controller.signal })).rejects.toThrow(
    'stopped by the test',
  );
  expect(received).toHaveLength(1);
});

function refuse(status: number, headers: Record<string, string>): Answer {
  return (_request, response) => {
    response.writeHead(status, headers).end('refused');
    return true;
  };
}

function refuseOnce(status: number, headers: Record<string, string>): Answer {
  let answer = refuse(status, headers);
  return (request, response) => {
    const now = answer;
    answer = () => false;
    return now(request, response);
  };
}

async function ingest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (answerFirst(request, response)) return;
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const ids = body
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
  const kind = (request.url ?? '').replace('/ingest/', '');
  const { authorization, 'content-type': contentType } = request.headers;
  received.push({ kind, ids, authorization, contentType });
  response.end(JSON.stringify({ received: ids.length, inserted: ids.length, rejected: 0, errors: [] }));
}

function* numbered(prefix: string, count: number): Generator<{ id: string }> {
  for (let number = 1; number <= count; number++) yield { id: `${prefix}${number}` };
}
