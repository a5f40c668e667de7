import {
  chownSync,
  closeSync,
  fsyncSync,
  lchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartUpError } from '#platform/errors';
import type { Account, Launcher } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { DataDirPaths } from './data-dir.ts';
import { runInitdb } from './initdb.ts';
import { makePassword, readPassword } from './password.ts';
import { processesOf, sendSignal, waitForEnd } from './processes.ts';

const MAJOR_VERSION = '18';
/** A cluster is made in a folder of such a name; one that is found at start is what an interrupted start has left. */
const STAGING_PREFIX = 'postgres.new-';
const INITDB_END_MS = 10_000;
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 20 };

export interface ClusterOptions extends DataDirPaths {
  binaries: Binaries;
  launcher: Launcher;
  /** Whether a new cluster is flushed to the disk. */
  sync: boolean;
}

/**
 * Makes the cluster on first use, checks the one that is there otherwise. Returns the superuser's password.
 * The caller must hold the lock of the data directory. Throws a StartUpError, or the error of a file operation.
 */
export async function ensureCluster(options: ClusterOptions): Promise<string> {
  await removeLeftOvers(options.dataDir);
  const exists = statSync(options.clusterDir, { throwIfNoEntry: false }) !== undefined;
  if (exists) checkVersion(options.clusterDir);
  const password = readPassword(options.passwordFile) ?? (exists ? undefined : makePassword(options.passwordFile));
  if (!password) {
    throw new StartUpError(
      `The password of ${options.clusterDir} is missing: put ${options.passwordFile} back or choose another DATA_DIR.`,
    );
  }
  if (!exists) await makeCluster(options, password);
  else if (options.launcher.account) giveTo(options.launcher.account, options.clusterDir);
  return password;
}

/** An initdb that has outlived its service would go on writing, and make the removed folder anew: it is ended first. */
async function removeLeftOvers(dataDir: string): Promise<void> {
  const names = readdirSync(dataDir).filter((name) => name.startsWith(STAGING_PREFIX));
  for (const name of names) {
    for (const pid of processesOf('initdb', `/${name}/`)) {
      // It ends its helpers and removes its files on this signal.
      sendSignal(pid, 'SIGTERM');
      await waitForEnd(pid, INITDB_END_MS);
    }
    rmSync(join(dataDir, name), REMOVAL);
  }
}

function checkVersion(clusterDir: string): void {
  const versionFile = join(clusterDir, 'PG_VERSION');
  if (!statSync(versionFile, { throwIfNoEntry: false })) {
    throw new StartUpError(`${clusterDir} holds no PostgreSQL cluster: move it away or choose another DATA_DIR.`);
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new StartUpError(
      `${clusterDir} was made by PostgreSQL ${version} and this is PostgreSQL ${MAJOR_VERSION}: carry it over with pg_upgrade or pg_dump, or choose another DATA_DIR.`,
    );
  }
}

/** A cluster that root has copied or restored belongs to root, and the server's account could not read it. */
function giveTo(account: Account, clusterDir: string): void {
  if (statSync(clusterDir).uid !== 0) return;
  for (const name of readdirSync(clusterDir, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(clusterDir, name), account.uid, account.gid);
  }
  // Last, so that an interrupted run is seen and done again.
  chownSync(clusterDir, account.uid, account.gid);
}

/** Makes the cluster aside and moves it to its place when it is whole: a start that is killed leaves none or a good one. */
async function makeCluster(options: ClusterOptions, password: string): Promise<void> {
  const { binaries, launcher, sync, dataDir, clusterDir } = options;
  const staging = mkdtempSync(join(dataDir, STAGING_PREFIX));
  try {
    const target = join(staging, 'cluster');
    const passwordFile = join(staging, 'password');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (launcher.account) {
      const { uid, gid } = launcher.account;
      chownSync(passwordFile, uid, gid);
      chownSync(staging, uid, gid);
    }
    await runInitdb({ binaries, launcher, target, passwordFile, sync });
    renameSync(target, clusterDir);
    flushFolder(dataDir);
  } finally {
    rmSync(staging, REMOVAL);
  }
}

/** Makes a rename in the folder survive a power failure. */
function flushFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
