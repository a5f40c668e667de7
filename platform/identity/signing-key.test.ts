import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSecretFile, ensureSigningKey, localTokenVerifier, readSigningKey, signAccessToken } from './index.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'signing-key-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const clock = { now: () => Date.UTC(2026, 2, 15, 12) };

test('the key is made on the first start and read on every later one', async () => {
  const made = await ensureSigningKey(dataDir);
  const read = await readSigningKey(dataDir);
  expect([read.id, (await ensureSigningKey(dataDir)).id]).toEqual([made.id, made.id]);
  const token = await signAccessToken(made, { subject: 'test', scopes: [] }, 60, clock);
  expect(await localTokenVerifier(read, clock)(token)).toMatchObject({ subject: 'test' });
});

test('of many processes that make a key at once, one stands for all', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => ensureSigningKey(join(dataDir, 'new'))));
  expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
  expect(await readdir(join(dataDir, 'new'))).toEqual(['signing-key.json']);
});

test('only this user may read a secret', async () => {
  await ensureSigningKey(dataDir);
  await ensureSecretFile(join(dataDir, 'secret'), () => 'x');
  const modes = await Promise.all(
    ['signing-key.json', 'secret'].map(async (name) => (await stat(join(dataDir, name))).mode),
  );
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600]);
});

test('reading a key never makes one', async () => {
  await expect(readSigningKey(dataDir)).rejects.toMatchObject({
    name: 'StartUpError',
    message: `there is no signing key to read in ${dataDir}; start the service once (npm start), or set DATA_DIR to its data directory.`,
  });
  expect(await readdir(dataDir)).toEqual([]);
});
