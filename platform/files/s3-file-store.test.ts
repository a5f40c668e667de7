import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { S3_KEY, type S3Server, startS3Server } from '../../tests/support/s3-server.ts';
import { S3FileStore } from './s3-file-store.ts';

let server: S3Server;
let store: S3FileStore;
beforeAll(async () => {
  server = await startS3Server();
  store = open(S3_KEY);
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
});

const open = (credentials: typeof S3_KEY) =>
  new S3FileStore({ bucket: 'files', endpoint: server.url, region: 'eu-north-1', prefix: 'some/', credentials });

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const drafts = async () => (await readdir(tmpdir())).filter((name) => /^statistics-[0-9a-f-]{36}\.part$/.test(name));

test('keeps what it is given as one object, and says its size and SHA-256', async () => {
  const { key, ...stored } = await store.write(chunks('Счёт ', '№ 7'));
  const bytes = Buffer.from('Счёт № 7');
  expect(stored).toEqual({ sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(server.objects.get(`files/some/${key}`)).toEqual(bytes);
  expect(server.requests).toEqual([`PUT /files/some/${key}`]);
  expect(await buffer(await store.read(key))).toEqual(bytes);
});

test('reads a range, both ends included', async () => {
  const { key } = await store.write(chunks('0123', '456789'));
  expect(String(await buffer(await store.read(key, { start: 2, end: 5 })))).toBe('2345');
});

test('an empty file is a file', async () => {
  const { key, sizeBytes } = await store.write([]);
  expect([sizeBytes, await buffer(await store.read(key))]).toEqual([0, Buffer.alloc(0)]);
});

test('keeps nothing of a source that fails, here and there', async () => {
  const [here, there] = [await drafts(), server.objects.size];
  async function* failing() {
    yield Buffer.from('half');
    throw new Error('the source failed');
  }
  await expect(store.write(failing())).rejects.toThrow('the source failed');
  expect([await drafts(), server.objects.size, server.requests]).toEqual([here, there, []]);
});

test('a failure of the store is tried again, with the whole body', async () => {
  server.failures.push(503, 500);
  const { key } = await store.write(chunks('again'));
  expect(server.requests).toEqual(Array(3).fill(`PUT /files/some/${key}`));
  expect(String(server.objects.get(`files/some/${key}`))).toBe('again');
});

test('a store that goes on failing, or refuses, is a failure, and nothing stays here', async () => {
  const here = await drafts();
  server.failures.push(500, 500, 500);
  await expect(store.write(chunks('x'))).rejects.toThrow();
  expect(server.requests).toHaveLength(3);
  const stranger = open({ ...S3_KEY, secretAccessKey: 'another' });
  await expect(stranger.write(chunks('x'))).rejects.toThrow('SignatureDoesNotMatch');
  expect(server.requests).toHaveLength(4);
  expect(await drafts()).toEqual(here);
});

test('a removed file is gone, and removing it again is no fault', async () => {
  const { key } = await store.write(chunks('short-lived'));
  await store.remove(key);
  await store.remove(key);
  expect(server.objects.has(`files/some/${key}`)).toBe(false);
  await expect(store.read(key)).rejects.toThrow('NoSuchKey');
});

test.each(['../../etc/passwd', '', 'a/b'])('refuses the key %j, which it has not made', async (key) => {
  await expect(store.read(key)).rejects.toThrow('a key that the store has not made');
  await expect(store.remove(key)).rejects.toThrow('a key that the store has not made');
  expect(server.requests).toEqual([]);
});
