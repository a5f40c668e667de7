import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type IngestOptions, ingestStream } from '#platform/ingest';
import { answerOf, ids, type Note, NoteStore, ndjson, notes, streamOf } from './ingest.test-support.ts';

const options: IngestOptions = { now: Date.UTC(2026, 2, 1), atomic: false, batchLines: 2 };

/** A promise that the test settles. */
function gate() {
  return Promise.withResolvers<void>();
}

test('while a batch is stored, the next one is read and no more', async () => {
  const first = gate();
  const started = gate();
  const idle = gate();
  let pulled = 0;
  async function* source() {
    for (const note of ids(100)) {
      pulled += 1;
      // The third batch begins with the fifth line; nobody may ask for it before the first batch is stored.
      if (pulled === 4) idle.resolve();
      yield Buffer.from(ndjson(note));
    }
  }
  const store = new NoteStore();
  const storing = async (lines: readonly Note[]) => {
    if (store.batches.length === 0) {
      started.resolve();
      await first.promise;
    }
    return NoteStore.prototype.store.call(store, lines);
  };
  const done = ingestStream(notes, source(), { store: storing, storeAll: store.storeAll }, options);
  await started.promise;
  await idle.promise;
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  expect(pulled).toBe(4);
  first.resolve();
  expect((await done).answer).toEqual(answerOf({ received: 100, inserted: 100 }));
});

test('where storing fails, reading stops, the source is closed and the error is passed on', async () => {
  const failure = new Error('the database is gone');
  const closed = gate();
  let pulled = 0;
  async function* source() {
    try {
      for (const note of ids(1000)) {
        pulled += 1;
        yield Buffer.from(ndjson(note));
      }
    } finally {
      closed.resolve();
    }
  }
  const store = { store: () => Promise.reject(failure), storeAll: () => Promise.reject(failure) };
  await expect(ingestStream(notes, source(), store, options)).rejects.toBe(failure);
  await closed.promise;
  expect(pulled).toBeLessThanOrEqual(5);
});

test.each([undefined, 'gzip'])(
  'a sender that has stopped sending does not hold the error back (%s)',
  async (encoding) => {
    const failure = new Error('the database is gone');
    const source = new Readable({ read() {} });
    source.push(encoding ? Buffer.concat([gzipSync(ndjson(...ids(2))), gzipSync('')]) : ndjson(...ids(2)));
    const store = { store: () => Promise.reject(failure), storeAll: () => Promise.reject(failure) };
    const done = ingestStream(notes, source, store, { ...options, contentEncoding: encoding });
    await expect(done).rejects.toBe(failure);
    expect(source.destroyed).toBe(true);
  },
);

test('where the source fails, the batch that is being stored is waited for', async () => {
  const failure = new Error('the sender is gone');
  const stored = gate();
  let finished = false;
  async function* source() {
    yield Buffer.from(ndjson(...ids(2)));
    setImmediate(() => setImmediate(stored.resolve));
    throw failure;
  }
  const store = async (lines: readonly Note[]) => {
    await stored.promise;
    finished = true;
    return lines.map(() => 'inserted' as const);
  };
  await expect(ingestStream(notes, source(), { store, storeAll: async () => {} }, options)).rejects.toBe(failure);
  expect(finished).toBe(true);
});

test('an error of a kind that is no LineFault ends the request', async () => {
  const failure = new TypeError('a fault of ours');
  const kind = {
    ...notes,
    parse: () => {
      throw failure;
    },
  };
  await expect(ingestStream(kind, streamOf('{}'), new NoteStore(), options)).rejects.toBe(failure);
});

test('a store that leaves outcomes out is a fault of ours', async () => {
  const store = { store: async () => [], storeAll: async () => {} };
  await expect(ingestStream(notes, streamOf(ndjson(...ids(2))), store, options)).rejects.toThrow(
    '2 lines were stored with 0 outcomes',
  );
});

test('long lines are stored before a batch has all its lines', async () => {
  const line = (id: number) => ndjson({ id: `n${id}`, text: 'x'.repeat(60_000) });
  const body = Array.from({ length: 200 }, (_, i) => line(i)).join('');
  const store = new NoteStore();
  await ingestStream(notes, streamOf(body), store, { ...options, batchLines: 5000 });
  expect(store.batches.map((batch) => batch.length)).toEqual([140, 60]);
});

test('a refusal reaches the sender of a request that is still sending', async () => {
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = request.iterator({ destroyOnReturn: false });
    const { httpStatus } = await ingestStream(notes, body, new NoteStore(), options).catch((error) => error);
    response.writeHead(httpStatus, { connection: 'close' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const body = new Readable({ read() {} });
  body.push('hello\n');
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    body: Readable.toWeb(body),
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(400);
  body.push(null);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
