import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskFileStore } from './index.ts';

let directory: string;
let store: DiskFileStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'statistics-files-'));
  store = new DiskFileStore(directory);
});
afterAll(() => rm(directory, { recursive: true }));

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const kept = async () => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

test('keeps what it is given, and says its size and SHA-256', async () => {
  const { key, ...stored } = await store.write(chunks('Счёт ', '№ 7'));
  const bytes = Buffer.from('Счёт № 7');
  expect(stored).toEqual({ sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(await buffer(await store.read(key))).toEqual(bytes);
});

test('reads a range, both ends included', async () => {
  const { key } = await store.write(chunks('0123', '456789'));
  expect(String(await buffer(await store.read(key, { start: 2, end: 5 })))).toBe('2345');
  expect(String(await buffer(await store.read(key, { start: 9, end: 9 })))).toBe('9');
});

test('an empty file is a file', async () => {
  const { key, sizeBytes } = await store.write([]);
  expect(sizeBytes).toBe(0);
  expect(await buffer(await store.read(key))).toHaveLength(0);
});

test('keeps nothing of a source that fails', async () => {
  const before = await kept();
  async function* failing() {
    yield Buffer.from('half');
    throw new Error('the source failed');
  }
  await expect(store.write(failing())).rejects.toThrow('the source failed');
  expect(await kept()).toEqual(before);
});

test('a removed file is gone, and removing it again is no fault', async () => {
  const { key } = await store.write(chunks('short-lived'));
  await store.remove(key);
  await store.remove(key);
  expect(await kept()).not.toContain(key);
  await expect(store.read(key)).rejects.toThrow('ENOENT');
});

test.each(['../../etc/passwd', '', 'a/b', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/..`])(
  'refuses the key %j, which it has not made',
  async (key) => {
    await expect(store.read(key)).rejects.toThrow('a key that the store has not made');
    await expect(store.remove(key)).rejects.toThrow('a key that the store has not made');
  },
);

test('drafts that a killed writer has left are removed, those that are being written are not', async () => {
  const { key } = await store.write(chunks('whole'));
  const [left, fresh] = ['left.part', 'fresh.part'].map((name) => join(directory, key.slice(0, 2), name)) as [
    string,
    string,
  ];
  await writeFile(left, 'half');
  await writeFile(fresh, 'half');
  await utimes(left, new Date('2026-03-14'), new Date('2026-03-14'));
  await utimes(fresh, new Date('2026-03-15'), new Date('2026-03-15'));
  await store.sweepDrafts(Date.parse('2026-03-15'));
  const names = await kept();
  expect([names.includes('left.part'), names.includes('fresh.part'), names.includes(key)]).toEqual([false, true, true]);
});
