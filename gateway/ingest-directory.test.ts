import { gzipSync } from 'node:zlib';
import { ServiceError } from '#platform/errors';
import type { IngestRequest, SubgraphConnection } from '#platform/federation';
import type { IngestAnswer } from '#platform/ingest';
import { type OpenedGateway, openGateway, send, stubSubgraph } from './opened-gateway.test-support.ts';

let gateway: OpenedGateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const NOTHING: IngestAnswer = {
  received: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  waiting: 0,
  rejected: 0,
  errors: [],
};

/** A subgraph that keeps entries of some kinds: what it was sent, line by line, and what it answers. */
function keeper(name: string, directoryKinds: string[], answer: Partial<IngestAnswer> = {}) {
  const got: string[] = [];
  const ingest = async (request: IngestRequest) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request.body) chunks.push(chunk);
    got.push(...Buffer.concat(chunks).toString().split('\n'));
    return { status: 200, answer: { ...NOTHING, ...answer } };
  };
  return { got, connection: stubSubgraph(name, { ingestKinds: ['directory'], directoryKinds, ingest }) };
}

const CHAT_KINDS = ['CHAT', 'OPERATOR', 'OPERATOR_GROUP', 'BOT'];
const CALL_KINDS = ['BOT', 'OPERATOR', 'TRUNK'];

async function ingest(
  connections: SubgraphConnection[],
  body: string | Uint8Array<ArrayBuffer>,
  more: { query?: string; headers?: object } = {},
) {
  gateway = await openGateway({ connections });
  const authorization = `Bearer ${await gateway.token({ scopes: ['ingest:write'] })}`;
  const headers = { 'content-type': 'application/x-ndjson', authorization, ...more.headers };
  return send(`${gateway.url}/ingest/directory${more.query ?? ''}`, { method: 'POST', headers, body });
}

const LINES = [
  '{"kind":"TRUNK","id":"t"}',
  '',
  '{"kind":"BOT","id":"b"}',
  'oops',
  '{"kind":"CHAT","id":"c"}',
  '{"kind":"SHIP","id":"s"}',
  '{"kind":5}',
];

test.each([
  ['plain', LINES.join('\n'), {}],
  ['gzip', gzipSync(LINES.join('\r\n')), { 'content-encoding': 'gzip' }],
])('each line goes to all who keep its kind, with its number, and is counted once: %s', async (_, body, headers) => {
  const fault = (line: number) => ({ line, code: 'INVALID_FIELD' as const, field: 'kind', message: 'x' });
  const chats = keeper('chat-stats', CHAT_KINDS, {
    received: 4,
    inserted: 2,
    rejected: 2,
    errors: [fault(6), fault(7)],
  });
  const calls = keeper('telephony-stats', CALL_KINDS, { received: 1, inserted: 1 });
  const { status, body: answer } = await ingest([calls.connection, chats.connection].reverse(), body, { headers });
  expect(status).toBe(200);
  const unreadable = {
    line: 4,
    code: 'INVALID_JSON',
    message: 'The line is not valid JSON; write one complete JSON object a line.',
  };
  expect({
    ...answer,
    errors: answer.errors.map((one: { line: number }) => (one.line === 4 ? one : one.line)),
  }).toEqual({
    ...NOTHING,
    received: 6,
    inserted: 3,
    rejected: 3,
    errors: [{ ...unreadable, message: answer.errors[0].message }, 6, 7],
  });
  expect(chats.got).toEqual(['', '', LINES[2], '', LINES[4], LINES[5], LINES[6], '']);
  expect(calls.got).toEqual([LINES[0], '', LINES[2], '', '', '', '', '']);
});

test('a body of many megabytes reaches a slow keeper whole, though another one gets nothing of it', async () => {
  const line = `{"kind":"CHAT","id":"c","name":"${'x'.repeat(1000)}"}`;
  const chats = keeper('chat-stats', CHAT_KINDS);
  const calls = keeper('telephony-stats', CALL_KINDS);
  const { status } = await ingest([chats.connection, calls.connection], new Array(5000).fill(line).join('\n'));
  expect(status).toBe(200);
  expect([chats.got.length, chats.got.every((one, index) => one === (index < 5000 ? line : ''))]).toEqual([5001, true]);
  expect(calls.got).toEqual(new Array(5001).fill(''));
});

test('where one of them fails the answer is 503 with the remedy, and nobody goes on', async () => {
  const broken = stubSubgraph('telephony-stats', {
    ingestKinds: ['directory'],
    directoryKinds: CALL_KINDS,
    ingest: async () => {
      throw new Error('secret address');
    },
  });
  const chats = keeper('chat-stats', CHAT_KINDS);
  const { status, body, headers } = await ingest([chats.connection, broken], LINES.join('\n'));
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect(body.error).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    message: 'telephony-stats did not take its part of the lines; send the same lines again.',
  });
});

test('a refusal of one of them is the answer', async () => {
  const refusing = stubSubgraph('chat-stats', {
    ingestKinds: ['directory'],
    directoryKinds: CHAT_KINDS,
    ingest: async () => {
      throw new ServiceError('FORBIDDEN', 'not with this token.');
    },
  });
  const { status, body } = await ingest([refusing, keeper('telephony-stats', CALL_KINDS).connection], LINES.join('\n'));
  expect([status, body.error.message]).toEqual([403, 'not with this token.']);
});

test.each([
  ['atomic', '?atomic=true', '{"kind":"BOT"}', {}, /^atomic: directory lines are kept by several subgraphs/],
  ['no NDJSON', '', 'kind,id\nBOT,b', {}, /^body: line 1 is not a JSON object/],
  [
    'broken gzip',
    '',
    gzipSync('{"kind":"BOT"}').subarray(0, 20),
    { 'content-encoding': 'gzip' },
    /^body: the gzip stream is broken/,
  ],
])('%s is refused with 400', async (_, query, body, headers, message) => {
  const { status, body: answer } = await ingest([keeper('chat-stats', CHAT_KINDS).connection], body, {
    query,
    headers,
  });
  expect([status, answer.error.code, answer.error.message]).toEqual([
    400,
    'BAD_USER_INPUT',
    expect.stringMatching(message),
  ]);
});
