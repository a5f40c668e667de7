import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { compareText, type IngestOptions, ingestStream, type StoreLines } from '#platform/ingest';
import { answerOf, type Note, NoteStore, ndjson, notes, streamOf } from './ingest.test-support.ts';

let tempDirectory: string;

beforeAll(async () => {
  tempDirectory = await mkdtemp(join(tmpdir(), 'atomic-test-'));
});

afterEach(async () => {
  expect(await readdir(tempDirectory)).toEqual([]);
});

afterAll(() => rm(tempDirectory, { recursive: true }));

function ingest(body: string, store: NoteStore, more: Partial<IngestOptions> = {}) {
  const options = { now: Date.UTC(2026, 2, 1), atomic: true, batchLines: 2, tempDirectory, ...more };
  return ingestStream(notes, streamOf(body), store, options);
}

test('all lines are applied in key order, those of one id in their order', async () => {
  const store = new NoteStore();
  const body = ndjson(
    { id: '😀', count: 1 },
    { id: 'b', count: 1 },
    { id: '\uffee', count: 1 },
    { id: 'b', count: 3 },
    { id: 'a', count: 1 },
    { id: 'b', count: 2 },
  );
  expect(await ingest(body, store)).toEqual({
    status: 200,
    answer: answerOf({ received: 6, inserted: 4, updated: 1, unchanged: 1 }),
  });
  expect(store.batches).toEqual([
    ['a', 'b'],
    ['b', 'b'],
    ['\uffee', '😀'],
  ]);
  expect(store.kept.get('b')?.count).toBe(3);
});

test('many runs are merged into one order, and every line comes back as it was', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => ({ id: `n${(i * 7919) % 15_000}`, count: i }));
  const store = new NoteStore();
  const { answer } = await ingest(ndjson(...lines), store, { batchLines: 3000 });
  expect(answer).toEqual(answerOf({ received: 20_000, inserted: 15_000, updated: 5000 }));
  const order = store.batches.flat();
  expect(order).toEqual(lines.map(({ id }) => id).toSorted(compareText));
  expect(Math.max(...store.batches.map((batch) => batch.length))).toBe(3000);
  const last = new Map(lines.map(({ id, count }) => [id, count]));
  expect(new Map(Array.from(store.kept, ([id, { count }]) => [id, count]))).toEqual(last);
});

test('a stream taken in atomically leaves what the same stream leaves line by line', async () => {
  const note = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'é', '😀'), count: fc.nat({ max: 5 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(note, { maxLength: 20 }), async (lines) => {
      const [atomic, plain] = [new NoteStore(), new NoteStore()];
      const answers = [
        await ingest(ndjson(...lines), atomic),
        await ingest(ndjson(...lines), plain, { atomic: false }),
      ];
      expect(answers[0]).toEqual(answers[1]);
      expect(atomic.kept).toEqual(plain.kept);
    }),
    { numRuns: 30 },
  );
});

test('lines at fault are all listed and nothing is stored', async () => {
  const store = new NoteStore();
  expect(await ingest('{"id":"a"}\n\n{}\n{"id":"b"}\n{"id":""}', store)).toEqual({
    status: 422,
    answer: answerOf({
      received: 4,
      rejected: 4,
      errors: [
        {
          line: 3,
          code: 'MISSING_FIELD',
          field: 'id',
          message: 'id is missing; send a string of 1 to 64 characters.',
        },
        { line: 5, code: 'INVALID_FIELD', field: 'id', message: 'id is empty; send a string of 1 to 64 characters.' },
      ],
    }),
  });
  expect(store.batches).toEqual([]);
});

test('lines that contradict what is known are all found, listed by line, and the transaction is rolled back', async () => {
  const store = new NoteStore();
  store.kept.set('a', { id: 'a', place: 'hall', count: 1 });
  store.kept.set('z', { id: 'z', place: 'hall', count: 1 });
  const before = new Map(store.kept);
  const body = ndjson(
    { id: 'z', place: 'attic' },
    { id: 'm', place: 'cellar' },
    { id: 'a', place: 'attic' },
    { id: 'b' },
    { id: 'm', place: 'attic' },
  );
  const { status, answer } = await ingest(body, store);
  expect(status).toBe(422);
  expect({ ...answer, errors: answer.errors.map(({ line, code, field }) => [line, code, field]) }).toEqual(
    answerOf({
      received: 5,
      rejected: 5,
      errors: [
        [1, 'IMMUTABLE_FIELD', 'place'],
        [3, 'IMMUTABLE_FIELD', 'place'],
        [5, 'IMMUTABLE_FIELD', 'place'],
      ] as never,
    }),
  );
  expect(store.kept).toEqual(before);
  expect(store.batches.flat()).toEqual(['a', 'b', 'm', 'm', 'z']);
});

test('of many errors 100 are listed, and all lines are counted as rejected', async () => {
  const { status, answer } = await ingest(ndjson({ id: 'a' }, ...Array(101).fill({})), new NoteStore());
  expect([status, answer.received, answer.rejected, answer.errors.length]).toEqual([422, 102, 102, 100]);
  expect(answer.errors.at(-1)?.line).toBe(101);
});

test('more lines than the limit are refused with the figure, and not one fewer', async () => {
  const store = new NoteStore();
  const body = ndjson({ id: 'a' }, { id: 'b' }, { id: 'c' });
  expect((await ingest(`${body}\n\n`, store, { maxAtomicLines: 3 })).status).toBe(200);
  await expect(ingest(body, new NoteStore(), { maxAtomicLines: 2 })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    message:
      'An atomic request takes at most 2 lines, and this one has more; nothing was stored. ' +
      'Send it in parts, or without atomic=true.',
  });
});

test('more bytes than the limit are refused with the figure', async () => {
  const body = ndjson({ id: 'a' }, { id: 'b' });
  expect((await ingest(body, new NoteStore(), { maxAtomicBytes: body.length })).status).toBe(200);
  const store = new NoteStore();
  await expect(ingest(body, store, { maxAtomicBytes: body.length - 1 })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    message: expect.stringContaining(`at most ${body.length - 1} bytes`),
  });
  expect(store.batches).toEqual([]);
});

test('the lines wait in a private folder, without a name to find them by', async () => {
  const seen: [mode: number, files: string[]][] = [];
  class LookingStore extends NoteStore {
    override async storeAll(work: (store: StoreLines<Note>) => Promise<boolean>): Promise<void> {
      for (const name of await readdir(tempDirectory)) {
        const path = join(tempDirectory, name);
        seen.push([(await stat(path)).mode & 0o777, await readdir(path)]);
      }
      await super.storeAll(work);
    }
  }
  await ingest(ndjson({ id: 'a' }), new LookingStore());
  expect(seen).toEqual([[0o700, []]]);
});

test('where storing fails, the error is passed on and nothing stays behind', async () => {
  const failure = new Error('the database is gone');
  class FailingStore extends NoteStore {
    override async store(lines: readonly Note[]) {
      if (this.batches.length === 1) throw failure;
      return super.store(lines);
    }
  }
  const store = new FailingStore();
  await expect(ingest(ndjson({ id: 'a' }, { id: 'b' }, { id: 'c' }), store)).rejects.toBe(failure);
  expect(store.kept.size).toBe(0);
});

test('a transaction that the database asks to be tried again counts its lines once', async () => {
  class RetryingStore extends NoteStore {
    override async storeAll(work: (store: StoreLines<Note>) => Promise<boolean>): Promise<void> {
      await super.storeAll(async (store) => {
        await work(store);
        return false;
      });
      await super.storeAll(work);
    }
  }
  const { answer } = await ingest(ndjson({ id: 'a' }, { id: 'b' }, { id: 'c' }), new RetryingStore());
  expect(answer).toEqual(answerOf({ received: 3, inserted: 3 }));
});
