import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock } from './lock.ts';
import { processIdentity } from './processes.ts';

let dataDir: string;
let path: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(dataDir, 'service.lock');
});

afterEach(() => rmSync(dataDir, { recursive: true }));

test('a lock names its owner, and its release leaves nothing', () => {
  const lock = acquireLock(dataDir);
  expect(readFileSync(path, 'utf8')).toBe(processIdentity(process.pid));
  expect(readdirSync(dataDir)).toEqual(['service.lock']);
  lock.release();
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
});

test('the lock of a living process is respected', () => {
  const other = spawn('sleep', ['60']);
  try {
    writeFileSync(path, String(processIdentity(other.pid as number)));
    expect(() => acquireLock(dataDir)).toThrow(`is in use by process ${other.pid};`);
    expect(readdirSync(dataDir)).toEqual(['service.lock']);
  } finally {
    other.kill('SIGKILL');
  }
});

test.each([
  ['of a process whose number another has now', () => String(processIdentity(process.pid)).replace(/ \d+ /, ' 1 ')],
  ['of an earlier boot', () => String(processIdentity(process.pid)).replace(/\S+$/, 'another-boot')],
  ['of nobody', () => ''],
])('a lock %s is taken over', (_, content) => {
  writeFileSync(path, content());
  const lock = acquireLock(dataDir);
  expect(readFileSync(path, 'utf8')).toBe(processIdentity(process.pid));
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
});

test('a release leaves alone what is not its own', () => {
  const lock = acquireLock(dataDir);
  writeFileSync(path, 'another');
  lock.release();
  expect(existsSync(path)).toBe(true);
});
