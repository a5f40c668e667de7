import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Client } from 'pg';
import { StartUpError } from '#platform/errors';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './index.ts';
import { processesOf, processIdentity } from './processes.ts';

const ROOT = resolve(__dirname, '../..');
const isRoot = process.getuid?.() === 0;
const FAST = { fsync: 'off' };

let home: string;
let dataDir: string;
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
  // As open as a project folder usually is; the account that stands in for root may then enter.
  chmodSync(home, 0o755);
  dataDir = join(home, 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.kill('SIGTERM')) await once(child, 'exit');
  }
  for (const server of running.splice(0)) await server.stop();
  rmSync(home, { recursive: true, force: true });
  expect(processesOf('postgres', home)).toEqual([]);
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings: FAST, ...options });
  running.push(server);
  return server;
}

/** A service in a process of its own, which stops on SIGTERM. Its first line of output is the server's address. */
function startInChild(): ChildProcess {
  const code = `require(process.argv[1]).startEmbeddedPostgres({ dataDir: process.argv[2], settings: { fsync: 'off' } })
    .then((server) => {
      process.once('SIGTERM', () => server.stop());
      console.log(server.url);
    });`;
  const args = ['--import', './scripts/swc-register.mjs', '-e', code, join(__dirname, 'index.ts'), dataDir];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [data] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return String(data).trim();
}

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const values: unknown[] = [];
    for (const text of statements) {
      const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
      values.push(rows[0]?.[0]);
    }
    return values;
  } finally {
    await client.end();
  }
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

function status(pid: number, name: string): string | undefined {
  return new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}

test('a first start makes a UTF-8 cluster that knows the case of every letter, and keeps its password to itself', async () => {
  const lines: string[] = [];
  const { url, port } = await start({ onLog: (line) => lines.push(line) });

  const facts = await query(url, 'SHOW server_encoding', "SELECT lower('Ж')", 'SHOW timezone', 'SHOW listen_addresses');
  expect(facts).toEqual(['UTF8', 'ж', 'UTC', '127.0.0.1']);
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  expect(password).toMatch(/^[0-9a-f]{48}$/);
  expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
  expect(url).toBe(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
  expect(lines.some((line) => line.includes('ready to accept connections'))).toBe(true);
  await expect(query(url.replace(password, 'guess'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('a stop leaves no process and no lock, and the next start finds the data', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const pid = serverPid();
  const listener = jest.fn();
  first.onUnexpectedExit(listener);
  await Promise.all([first.stop(), first.stop()]);

  expect(processIdentity(pid)).toBeUndefined();
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres-password']);
  const second = await start();
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([42]);
  expect(listener).not.toHaveBeenCalled();
});

test('a second process on the same DATA_DIR is refused, and so is a second start in one process', async () => {
  const child = startInChild();
  await firstLine(child);

  await expect(start()).rejects.toThrow(
    `DATA_DIR ${dataDir} is in use by process ${child.pid}; stop it or choose another DATA_DIR.`,
  );
  dataDir = join(home, 'other');
  await start();
  await expect(start()).rejects.toThrow(`DATA_DIR ${dataDir} is in use by this process already`);
});

test('the server that a killed service leaves behind is stopped, and what was committed is there', async () => {
  const child = startInChild();
  const url = await firstLine(child);
  await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const orphan = serverPid();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processIdentity(orphan)).toBeDefined();

  const server = await start();

  expect(processIdentity(orphan)).toBeUndefined();
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([42]);
});

test('a first start that is killed while it makes the cluster does not hinder the next', async () => {
  const child = startInChild();
  const halfMade = () =>
    existsSync(dataDir) &&
    readdirSync(dataDir).some((name) => existsSync(join(dataDir, name, 'cluster', 'PG_VERSION')));
  while (!halfMade() && child.exitCode === null) await nextTurn();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);

  const server = await start();

  expect(await query(server.url, 'SELECT 1')).toEqual([1]);
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres-password', 'service.lock']);
});

test('a pid file that names a stranger, as after a crash of the machine, is no hindrance', async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n`);

  const server = await start();

  expect(await query(server.url, 'SELECT 1')).toEqual([1]);
});

test('an end that nobody asked for is told, also to a listener that comes late, and can be recovered from', async () => {
  const server = await start();
  const pid = serverPid();
  const told = new Promise<string>((resolve) => server.onUnexpectedExit(resolve));
  process.kill(pid, 'SIGKILL');

  expect(await told).toMatch(/^PostgreSQL ended by itself \(signal SIGKILL\)/);
  expect(await new Promise((resolve) => server.onUnexpectedExit(resolve))).toBe(await told);
  await server.stop();
  expect(await query((await start()).url, 'SELECT 1')).toEqual([1]);
});

test('the server runs as a normal user, with a right to enter closed folders only where it needs one', async () => {
  // CAP_DAC_READ_SEARCH alone, or CAP_DAC_OVERRIDE in a container without it.
  const oneRight = /^0{15}[24]$/;
  const none = '0'.repeat(16);
  await start();
  expect(status(serverPid(), 'CapEff')).toBe(none);

  const closed = join(home, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  dataDir = join(closed, 'data');
  const { url } = await start();
  expect(await query(url, "SELECT count(*)::int > 0 FROM pg_ls_dir('base')")).toEqual([true]);
  expect(status(serverPid(), 'Uid')).toBe(String(statSync(join(dataDir, 'postgres')).uid));
  expect(status(serverPid(), 'Uid')).not.toBe('0');
  expect(status(serverPid(), 'CapEff')).toMatch(isRoot ? oneRight : none);
});

test('a wanted port is used, and one that is taken is said to be', async () => {
  const other = createServer((socket) => socket.destroy());
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };

  const refused = start({ port });
  await expect(refused).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken: free it or choose another one.`);
  other.close();
  await once(other, 'close');
  expect((await start({ port })).port).toBe(port);
});

test('a DATA_DIR that is a file, or cannot be written, is refused in one sentence', async () => {
  writeFileSync(dataDir, '');
  await expect(start()).rejects.toThrow(
    new StartUpError(`DATA_DIR ${dataDir} is not a directory: remove the file there or choose another DATA_DIR.`),
  );
  const locked = join(home, 'locked');
  mkdirSync(locked, { mode: 0o500 });
  // Nothing of its own is closed to root.
  dataDir = isRoot ? '/proc/data' : join(locked, 'data');
  await expect(start()).rejects.toThrow(/^DATA_DIR \S+data .* choose another DATA_DIR\.$/);
});

test('a cluster of another version, or without its password, is refused in one sentence', async () => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  await expect(start()).rejects.toThrow(/holds no PostgreSQL cluster: move it away/);
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 17 and this is PostgreSQL 18: carry it over/);
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
  await expect(start()).rejects.toThrow(/password .* is missing: put .*postgres-password back/);
  expect(existsSync(join(dataDir, 'service.lock'))).toBe(false);
});

test('a setting that the server refuses is named, and the failed start gives the directory free', async () => {
  await expect(start({ settings: { work_mem: 'much' } })).rejects.toThrow(
    /^PostgreSQL did not start \(exit code 1\): .*"work_mem": "much"/,
  );
  const { url } = await start({ settings: { ...FAST, work_mem: '5MB' } });
  expect(await query(url, 'SHOW work_mem')).toEqual(['5MB']);
});
