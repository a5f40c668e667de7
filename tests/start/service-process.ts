import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../..');
const NODE = ['--disable-warning=ExperimentalWarning', '--import', './scripts/swc-register.mjs'];
/** How long a test may take that loads the demo more than once: many times what it takes on an idle machine. */
export const LOADING_MS = 300_000;
const ADDRESS = /GraphiQL {2}(http:\/\/localhost:\d+)\/graphql#token=(\S+)/;

/** A script of the service as a process of its own. */
export interface ScriptProcess {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  errors(): string;
  /** Waits until it has printed a line of this form. Throws where it ends before. */
  printed(line: RegExp): Promise<RegExpExecArray>;
  /** Waits for the end; the exit status. */
  ended(): Promise<number | null>;
}

/** `npm start`, or `npm run start:services`, as a process of its own. */
export interface ServiceProcess extends ScriptProcess {
  /** Waits for the lines with the addresses. */
  ready(): Promise<{ url: string; token: string }>;
}

/** Starts the service on a data directory with settings of the environment; any free port is taken unless one is set. */
export function startProcess(
  dataDir: string,
  environment: Record<string, string> = {},
  script: 'start' | 'start-services' = 'start',
): ServiceProcess {
  const service = startScript([script], { PORT: '0', DEMO_DATA: 'off', DATA_DIR: dataDir, ...environment });
  return {
    ...service,
    async ready() {
      const [, url = '', token = ''] = await service.printed(ADDRESS);
      return { url, token };
    },
  };
}

/** Starts scripts/NAME.ts with these settings and no others, in a process group of its own. */
export function startScript(
  [name, ...argv]: [string, ...string[]],
  environment: Record<string, string>,
): ScriptProcess {
  const child = spawn(process.execPath, [...NODE, `scripts/${name}.ts`, ...argv], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => (printed[name] += chunk));
  const exit = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    output: () => printed.stdout,
    errors: () => printed.stderr,
    async printed(line) {
      for (;;) {
        const match = line.exec(printed.stdout);
        if (match) return match;
        const over = await Promise.race([once(child.stdout, 'data').then(() => false), exit.then(() => true)]);
        if (over) throw new Error(`${name} ended: ${printed.stderr}`);
      }
    },
    ended: () => exit,
  };
}

/** A directory of its own for a test, removed by what is returned. */
export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'statistics-start-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Whether the PostgreSQL of a data directory is still there. */
export async function databaseRuns(dataDir: string): Promise<boolean> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return file !== '' && isRunning(Number(file.split('\n')[0]));
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

/** Between two looks: to look all the time would take the processes that are waited for a processor of two. */
const LOOK_MS = 20;

/** Waits until something holds, however long that takes. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(LOOK_MS);
}

/** A process below another one. */
export interface Descendant {
  readonly pid: number;
  readonly commandLine: string;
}

/** The processes that a process has started, and those that they have started. */
export function descendants(pid: number): Descendant[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statusOf(Number(name))?.parent === pid)
    .map((name) => ({ pid: Number(name), commandLine: procFile(Number(name), 'cmdline').replaceAll('\0', ' ') }));
  return children.flatMap((child) => [child, ...descendants(child.pid)]);
}

/** Whether a process still runs; one that has ended and was not waited for does not. */
export function isRunning(pid: number): boolean {
  return (statusOf(pid)?.state ?? 'Z') !== 'Z';
}

/** The environment that a process was started with. */
export function environmentOf(pid: number): Record<string, string> {
  const pairs = procFile(pid, 'environ').split('\0').filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

function statusOf(pid: number): { state: string; parent: number } | undefined {
  // The name of the program stands in brackets and may hold anything.
  const [state, parent] = procFile(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return state && parent ? { state, parent: Number(parent) } : undefined;
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
