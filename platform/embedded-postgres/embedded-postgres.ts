import { chooseLauncher } from './account.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { type DataDirPaths, fileFault, prepareDataDir } from './data-dir.ts';
import { acquireLock, type Lock } from './lock.ts';
import { type Server, startServer, stopServer } from './server.ts';

export interface EmbeddedPostgresOptions {
  /** Made when missing. The cluster lives in `<dataDir>/postgres`, its password in `<dataDir>/postgres-password`. */
  dataDir: string;
  /** Server settings that replace or complete the usual ones: `{ fsync: 'off' }`. */
  settings?: Record<string, string>;
  /** Any free one without it. */
  port?: number;
  /** Gets every line of the server's log. */
  onLog?(line: string): void;
}

/** A PostgreSQL server of this service's own, which runs until it is stopped. */
export interface EmbeddedPostgres {
  /** `postgres://postgres:…@127.0.0.1:port/postgres`, of the superuser. */
  readonly url: string;
  readonly port: number;
  /** Shuts the server down and gives the data directory free. Does nothing more when called again. */
  stop(): Promise<void>;
  /** Calls the listener, with the reason, if the server ends without having been stopped; at once if it has. */
  onUnexpectedExit(listener: (reason: string) => void): void;
}

/**
 * Starts PostgreSQL on the data directory, which is made on first use and used by one service at a time; recovers what a
 * killed one has left. Throws a StartUpError whose message is meant for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const paths = prepareDataDir(options.dataDir);
  try {
    const lock = acquireLock(paths.dataDir);
    try {
      return handleOf(await startOn(paths, options), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw fileFault(paths.dataDir, error);
  }
}

async function startOn(paths: DataDirPaths, options: EmbeddedPostgresOptions): Promise<Server> {
  const binaries = findBinaries();
  const launcher = chooseLauncher(paths.clusterDir, binaries);
  const sync = options.settings?.['fsync'] !== 'off';
  const password = await ensureCluster({ ...paths, binaries, launcher, sync });
  return startServer({ ...options, ...paths, binaries, launcher, password });
}

function handleOf({ program, port, url }: Server, lock: Lock): EmbeddedPostgres {
  let stopped: Promise<void> | undefined;
  const unexpectedExit = program.ended.then(({ reason }) =>
    stopped ? undefined : `PostgreSQL ended by itself (${reason}): ${program.lastLines()}`,
  );
  return {
    url,
    port,
    stop() {
      stopped ??= stopServer(program).finally(() => lock.release());
      return stopped;
    },
    onUnexpectedExit(listener) {
      unexpectedExit.then((reason) => {
        if (reason !== undefined) listener(reason);
      });
    },
  };
}
