import { gzipSync } from 'node:zlib';
import { type IngestOptions, ingestStream, LineFault } from '#platform/ingest';
import { answerOf, ids, NoteStore, ndjson, notes, streamOf } from './ingest.test-support.ts';

const options: IngestOptions = { now: Date.UTC(2026, 2, 1), atomic: false, batchLines: 2 };

function ingest(body: string | Uint8Array, store = new NoteStore(), more: Partial<IngestOptions> = {}) {
  return ingestStream(notes, streamOf(body), store, { ...options, ...more });
}

test('good lines are kept, bad ones rejected with number and reason, and every line is counted once', async () => {
  const store = new NoteStore();
  store.kept.set('old', { id: 'old', place: 'hall', count: 1 });
  const body = [
    '{"id":"a"}',
    '',
    '{"id":"old","place":"attic"}',
    '{"id":',
    '{"id":"old","count":2}',
    '{"id":"a"}',
    '[1]',
    'null',
    '{"id":""}',
    '{"count":1}',
    `{"id":"${'x'.repeat(70_000)}"}`,
    'x{"text":"secret"}',
    '"secret"',
  ];
  expect(await ingest(body.join('\n'), store)).toEqual({
    status: 200,
    answer: {
      received: 12,
      inserted: 1,
      updated: 1,
      unchanged: 1,
      waiting: 0,
      rejected: 9,
      errors: [
        {
          line: 3,
          code: 'IMMUTABLE_FIELD',
          field: 'place',
          message:
            'place is known to be "hall" and never changes, but this line says "attic"; ' +
            'send the known value, or use another id for another event.',
        },
        {
          line: 4,
          code: 'INVALID_JSON',
          message: 'The line is not valid JSON; write one complete JSON object a line.',
        },
        {
          line: 7,
          code: 'INVALID_JSON',
          message: 'The line is a JSON list, not an object; write one complete JSON object a line.',
        },
        {
          line: 8,
          code: 'INVALID_JSON',
          message: 'The line is null, not an object; write one complete JSON object a line.',
        },
        {
          line: 9,
          code: 'INVALID_FIELD',
          field: 'id',
          message: 'id is empty; send a string of 1 to 64 characters.',
        },
        {
          line: 10,
          code: 'MISSING_FIELD',
          field: 'id',
          message: 'id is missing; send a string of 1 to 64 characters.',
        },
        {
          line: 11,
          code: 'LINE_TOO_LONG',
          message: 'The line has more than 65,536 bytes; shorten its texts, or leave out fields that are not needed.',
        },
        {
          line: 12,
          code: 'INVALID_JSON',
          message: 'The line is not valid JSON; write one complete JSON object a line.',
        },
        {
          line: 13,
          code: 'INVALID_JSON',
          message: 'The line is a JSON string, not an object; write one complete JSON object a line.',
        },
      ],
    },
  });
  expect(store.batches).toEqual([
    ['a', 'old'],
    ['old', 'a'],
  ]);
  expect(store.kept.get('old')).toEqual({ id: 'old', place: 'hall', count: 2 });
});

test('the place of a fault within the line is named', async () => {
  const { answer } = await ingest('{"id":"a"}\n{"id":"b" "text":"secret, and long enough to be cut by the engine"}');
  expect(answer.errors).toEqual([
    {
      line: 2,
      code: 'INVALID_JSON',
      message: 'The line is not valid JSON at character 11; write one complete JSON object a line.',
    },
  ]);
});

test.each(['', '\n\r\n  \n', '\ufeff'])('a body without lines (%j) is answered with zeros', async (body) => {
  const store = new NoteStore();
  expect(await ingest(body, store)).toEqual({ status: 200, answer: answerOf({}) });
  expect(await ingest(body, store, { atomic: true })).toEqual({ status: 200, answer: answerOf({}) });
  expect(store.batches).toEqual([]);
});

test.each([
  ['text', 'hello\n{"id":"a"}'],
  ['a list', '[{"id":"a"}]'],
  ['JSON over several lines', '{\n"id":"a"\n}'],
  ['compressed bytes', gzipSync('{"id":"a"}')],
  ['UTF-16', Buffer.from('\ufeff{"id":"a"}', 'utf16le')],
  ['a long line of something else', `[${'x'.repeat(70_000)}`],
])('a body that begins with %s is no NDJSON, and nothing is stored', async (_, body) => {
  for (const atomic of [false, true]) {
    const store = new NoteStore();
    await expect(ingest(body, store, { atomic })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      field: ['body'],
      message:
        'body: line 1 is not a JSON object, so nothing was read; ' +
        'send newline-delimited JSON (NDJSON), one object a line.',
    });
    expect(store.batches).toEqual([]);
  }
});

test('a first line that only cannot be read is rejected like any other', async () => {
  const long = `  {${'x'.repeat(70_000)}`;
  const latin1 = Buffer.from('{"id":"é"}\n{"id":"a"}', 'latin1');
  expect((await ingest(`${long}\n{"id":"a"}`)).answer).toMatchObject({ received: 2, inserted: 1, rejected: 1 });
  expect((await ingest(latin1)).answer).toMatchObject({
    received: 2,
    inserted: 1,
    errors: [{ line: 1, code: 'INVALID_ENCODING' }],
  });
  expect((await ingest('{"count":1}')).answer).toMatchObject({ received: 1, rejected: 1 });
});

test('of 101 errors the first 100 are listed and all are counted, whichever came to light first', async () => {
  const store = new NoteStore();
  store.kept.set('old', { id: 'old', place: 'hall', count: 1 });
  const bad = Array.from({ length: 100 }, () => '{}');
  // The first line is refused only when its batch is stored, after the others have been parsed.
  const { answer } = await ingest(['{"id":"old","place":"attic"}', ...bad].join('\n'), store);
  expect(answer).toMatchObject({ received: 101, rejected: 101 });
  expect(answer.errors.map(({ line, code }) => [line, code])).toEqual([
    [1, 'IMMUTABLE_FIELD'],
    ...bad.slice(1).map((_, i) => [i + 2, 'MISSING_FIELD']),
  ]);
});

test('waiting lines are counted as the store says', async () => {
  const store = { ...new NoteStore(), store: async () => ['waiting', 'waiting'] as const };
  const { answer } = await ingestStream(notes, streamOf(ndjson(...ids(2))), store as never, options);
  expect(answer).toEqual(answerOf({ received: 2, waiting: 2 }));
});

test('a fault is listed with its line, and its field where it has one', () => {
  expect(new LineFault('TOO_OLD', 'It lies before retention.').at(3)).toEqual({
    line: 3,
    code: 'TOO_OLD',
    message: 'It lies before retention.',
  });
  expect(new LineFault('TOO_OLD', 'It lies before retention.', 'createdAt').at(3)).toEqual({
    line: 3,
    code: 'TOO_OLD',
    field: 'createdAt',
    message: 'It lies before retention.',
  });
});
