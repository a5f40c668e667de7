import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPassword } from './password.ts';

/**
 * Address of the superuser of the server that runs on a data directory, as another process on this machine reaches it;
 * undefined where none runs. Of a server that has been killed the address leads nowhere.
 */
export function runningServerUrl(dataDir: string): string | undefined {
  const password = readPassword(join(resolve(dataDir), 'postgres-password'));
  const port = readPort(join(resolve(dataDir), 'postgres', 'postmaster.pid'));
  return password && port ? `postgres://postgres:${password}@127.0.0.1:${port}/postgres` : undefined;
}

/** The port is the fourth line of the file that PostgreSQL writes for others to find it. */
function readPort(pidFile: string): number | undefined {
  try {
    const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
    return port > 0 ? port : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
