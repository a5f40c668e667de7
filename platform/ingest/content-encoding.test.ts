import { gzipSync } from 'node:zlib';
import { type IngestOptions, ingestStream } from '#platform/ingest';
import { answerOf, ids, NoteStore, ndjson, notes, streamOf } from './ingest.test-support.ts';

const options: IngestOptions = { now: Date.UTC(2026, 2, 1), atomic: false, batchLines: 2 };

function ingest(body: string | Uint8Array, store = new NoteStore(), more: Partial<IngestOptions> = {}) {
  return ingestStream(notes, streamOf(body), store, { ...options, ...more });
}

test('a compressed body is unpacked, in one member or several', async () => {
  const body = Buffer.concat([gzipSync(ndjson(...ids(3))), gzipSync(ndjson(...ids(2, 3)))]);
  const pieces = Array.from(body, (_, i) => body.subarray(i, i + 1));
  for (const contentEncoding of ['gzip', 'GZIP', 'x-gzip']) {
    const { answer } = await ingestStream(notes, streamOf(...pieces), new NoteStore(), { ...options, contentEncoding });
    expect(answer).toEqual(answerOf({ received: 5, inserted: 5 }));
  }
  expect((await ingest(ndjson(...ids(1)), undefined, { contentEncoding: 'identity' })).answer.inserted).toBe(1);
});

test('a compressed body that is cut short says how many lines were kept before', async () => {
  const store = new NoteStore();
  const body = Buffer.concat([gzipSync(ndjson(...ids(5))), gzipSync(ndjson(...ids(5, 5))).subarray(0, -9)]);
  const failure = await ingest(body, store, { contentEncoding: 'gzip' }).catch((error) => error);
  const kept = store.kept.size;
  expect(kept).toBeGreaterThanOrEqual(4);
  expect([failure.code, failure.message]).toEqual([
    'BAD_USER_INPUT',
    `body: the gzip stream is broken (unexpected end of file); ${kept} lines before it were kept. ` +
      'Send the whole body again: lines that were kept count as unchanged.',
  ]);
  const again = await ingest(gzipSync(ndjson(...ids(10))), store, { contentEncoding: 'gzip' });
  expect(again.answer).toEqual(answerOf({ received: 10, inserted: 10 - kept, unchanged: kept }));
});

test.each([
  ['garbage', Buffer.from('{"id":"a"}\n')],
  ['nothing', Buffer.alloc(0)],
])('%s under the name of gzip is refused', async (_, body) => {
  const store = new NoteStore();
  for (const atomic of [false, true]) {
    await expect(ingest(body, store, { contentEncoding: 'gzip', atomic })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('0 lines before it were kept'),
    });
  }
  expect(store.batches).toEqual([]);
});

test.each(['br', 'deflate', 'gzip, gzip'])('Content-Encoding %j is not supported', async (contentEncoding) => {
  await expect(ingest(ndjson(...ids(1)), undefined, { contentEncoding })).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: `Content-Encoding "${contentEncoding}" is not supported; send gzip, or no compression.`,
  });
});
