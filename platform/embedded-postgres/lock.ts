import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartUpError } from '#platform/errors';
import { processIdentity } from './processes.ts';

/** The right of this process to use a data directory. */
export interface Lock {
  /** Gives the directory free. Does nothing when called again. */
  release(): void;
}

/**
 * Takes `<dataDir>/service.lock` for this process. The lock of a process that has ended without releasing it is taken
 * over. Throws a StartUpError when a living process has it.
 */
export function acquireLock(dataDir: string): Lock {
  const path = join(dataDir, 'service.lock');
  const own = processIdentity(process.pid);
  if (own === undefined) throw new StartUpError('/proc is not mounted: mount it, or set DATABASE_URL.');
  // Written aside and linked, so that the lock never exists without its owner's name in it.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o644 });
  try {
    while (!tryLink(draft, path)) evictDeadOwner(dataDir, path, draft);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (readOwner(path) === own) rmSync(path, { force: true });
    },
  };
}

function evictDeadOwner(dataDir: string, path: string, draft: string): void {
  const owner = readOwner(path);
  if (owner === undefined) return;
  if (isAlive(owner)) {
    const pid = Number.parseInt(owner, 10);
    const who = pid === process.pid ? 'this process already' : `process ${pid}`;
    throw new StartUpError(`DATA_DIR ${dataDir} is in use by ${who}; stop it or choose another DATA_DIR.`);
  }
  // One starter at a time removes a dead owner, or a slow one would remove the lock that a faster one has just taken.
  const guard = `${path}.eviction`;
  if (tryLink(draft, guard)) {
    if (readOwner(path) === owner) rmSync(path, { force: true });
    rmSync(guard, { force: true });
    return;
  }
  const guardian = readOwner(guard);
  if (guardian !== undefined && !isAlive(guardian)) rmSync(guard, { force: true });
}

function isAlive(owner: string): boolean {
  const pid = Number.parseInt(owner, 10);
  return pid > 0 && processIdentity(pid) === owner;
}

function readOwner(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
