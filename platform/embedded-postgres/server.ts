import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { StartUpError } from '#platform/errors';
import type { Launcher } from './account.ts';
import type { Binaries } from './binaries.ts';
import { diskFullFault } from './data-dir.ts';
import { stopOrphan } from './orphan.ts';
import { launch, type Program } from './run.ts';
import { serverSettings } from './settings.ts';

const READY_TIMEOUT_MS = 60_000;
/** Replaying the log after a crash takes its time, but the server says that it is at it. */
const RECOVERY_TIMEOUT_MS = 15 * 60_000;
const RETRY_TIMEOUT_MS = 20_000;
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
/** In this time a server that could not have its port has ended. */
const OTHER_SERVER_MS = 2000;

/** The server itself has answered, and not the network. */
const SQL_STATE = /^[0-9A-Z]{5}$/;
const STARTING_UP = '57P03';
const PORT_TAKEN = /could not create any TCP\/IP sockets/;
/** What passes: the last processes of a killed server, which are about to end, or a server that its service never knew. */
const STILL_IN_USE = /pre-existing shared memory block|lock file "postmaster.pid" already exists/;

export interface ServerOptions {
  binaries: Binaries;
  launcher: Launcher;
  clusterDir: string;
  password: string;
  /** A free one is chosen without it, or for 0. */
  port?: number;
  settings?: Record<string, string>;
  onLog?(line: string): void;
}

/** A server that accepts connections. */
export interface Server {
  program: Program;
  port: number;
  url: string;
}

/**
 * Starts the server, after stopping one that still runs on the cluster, and waits until it answers a query.
 * Throws a StartUpError with the server's own last words, or an error with a code that fileFault knows.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  await stopOrphan(options.clusterDir);
  const deadline = performance.now() + RETRY_TIMEOUT_MS;
  for (let pauseMs = 50; ; pauseMs *= 2) {
    const port = options.port || (await freePort());
    const url = `postgres://postgres:${options.password}@127.0.0.1:${port}/postgres`;
    const program = spawnServer(options, port);
    const fault = await readyOrFault(program, url);
    if (fault === undefined) return { program, port, url };
    await stopServer(program);
    if (PORT_TAKEN.test(fault) && options.port) {
      throw new StartUpError(`Port ${port} of 127.0.0.1 is taken: free it or choose another one.`);
    }
    const passes = PORT_TAKEN.test(fault) || STILL_IN_USE.test(fault);
    if (!passes || performance.now() > deadline) throw diskFullFault(fault) ?? new StartUpError(fault);
    await delay(pauseMs);
    await stopOrphan(options.clusterDir);
  }
}

/** Shuts the server down in good order, or at once if that takes too long. Resolves when it has ended. */
export async function stopServer({ process: child, ended }: Program): Promise<void> {
  const endsWithin = async (timeoutMs: number) => {
    const timer = new AbortController();
    const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
    const done = await Promise.race([ended.then(() => true), late]);
    timer.abort();
    return done;
  };
  child.kill('SIGINT');
  if (await endsWithin(FAST_SHUTDOWN_MS)) return;
  child.kill('SIGQUIT');
  if (await endsWithin(IMMEDIATE_SHUTDOWN_MS)) return;
  child.kill('SIGKILL');
  await ended;
}

function spawnServer(options: ServerOptions, port: number): Program {
  const settings = Object.entries(serverSettings(port, options.settings));
  return launch(
    options.launcher,
    [
      options.binaries.postgres,
      '-D',
      options.clusterDir,
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    options.onLog,
    // A session of its own: Ctrl-C on the terminal reaches the service alone, which then stops the server in its turn.
    { detached: true },
  );
}

/** Waits until the server answers; the sentence that says why not when it ends first, or in time does not. */
async function readyOrFault(program: Program, url: string): Promise<string | undefined> {
  let ending: string | undefined;
  program.ended.then(({ reason }) => {
    ending = reason;
  });
  const startedAt = performance.now();
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, 250)) {
    // A stranger on the port may never answer.
    const refusal = await Promise.race([refusalOf(url), program.ended.then(() => ({ code: 'ended', message: '' }))]);
    if (ending !== undefined) return `PostgreSQL did not start (${ending}): ${program.lastLines()}`;
    if (refusal === undefined) return undefined;
    const { code, message } = refusal;
    const elapsedMs = performance.now() - startedAt;
    // Another server that took the port may answer so too; ours then ends at once.
    if (SQL_STATE.test(code) && code !== STARTING_UP && elapsedMs > OTHER_SERVER_MS) {
      return `PostgreSQL runs but refuses its own service (${message}): see that postgres-password is the one of this DATA_DIR.`;
    }
    if (elapsedMs > (code === STARTING_UP ? RECOVERY_TIMEOUT_MS : READY_TIMEOUT_MS)) {
      return `PostgreSQL did not answer in time (${message}): ${program.lastLines()}`;
    }
    await delay(pauseMs);
  }
}

/** Undefined when the server answers a query, the error otherwise. */
async function refusalOf(url: string): Promise<{ code: string; message: string } | undefined> {
  // Said outright, since the driver would take PGSSLMODE and PGOPTIONS from the environment.
  const session = { ssl: false, options: '-c client_encoding=UTF8' };
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, ...session });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return undefined;
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    return { code, message };
  } finally {
    await client.end().catch(() => {});
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve((address as { port: number }).port));
    });
  });
}
