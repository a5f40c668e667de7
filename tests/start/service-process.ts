import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../..');
const COMMAND = ['--disable-warning=ExperimentalWarning', '--import', './scripts/swc-register.mjs', 'scripts/start.ts'];
const ADDRESS = /GraphiQL {2}(http:\/\/localhost:\d+)\/graphql#token=(\S+)/;

/** `npm start` as a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  errors(): string;
  /** Waits for the lines with the addresses. */
  ready(): Promise<{ url: string; token: string }>;
  /** Waits for the end; the exit status. */
  ended(): Promise<number | null>;
}

/** Starts the service on a data directory with settings of the environment; any free port is taken unless one is set. */
export function startProcess(dataDir: string, environment: Record<string, string> = {}): ServiceProcess {
  const child = spawn(process.execPath, COMMAND, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', DEMO_DATA: 'off', DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => (printed[name] += chunk));
  const exit = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    output: () => printed.stdout,
    errors: () => printed.stderr,
    async ready() {
      while (!ADDRESS.test(printed.stdout)) {
        const over = await Promise.race([once(child.stdout, 'data').then(() => false), exit.then(() => true)]);
        if (over) throw new Error(`the service ended: ${printed.stderr}`);
      }
      const [, url = '', token = ''] = ADDRESS.exec(printed.stdout) ?? [];
      return { url, token };
    },
    ended: () => exit,
  };
}

/** A directory of its own for a test, removed by what is returned. */
export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'statistics-start-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Asks the graph of a service for one thing. */
export async function ask(service: { url: string; token: string }, query: string) {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json() as Promise<{ data: Record<string, unknown> | null; errors?: unknown[] }>;
}

/** A port that something listens on until it is closed. */
export async function occupyPort(): Promise<{ port: number; close(): void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as { port: number };
  return { port: address.port, close: () => server.close() };
}

/** Waits until something holds, asking again and again. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await nextTurn();
}
