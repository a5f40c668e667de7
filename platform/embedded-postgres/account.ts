import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartUpError } from '#platform/errors';
import type { Binaries } from './binaries.ts';

/** A system account, by its numbers. */
export interface Account {
  uid: number;
  gid: number;
}

/** How PostgreSQL's programs are run: what is put before their command line, and what is given to spawn. */
export interface Launcher {
  prefix: readonly string[];
  /** The account that they run under; undefined for the one of this process. */
  account: Account | undefined;
  spawnIds: Partial<Account>;
}

const READ_AND_ENTER = 0o5;
const ENTER = 0o1;

const CAPABILITY_BITS = {
  chown: 0n,
  dac_override: 1n,
  dac_read_search: 2n,
  kill: 5n,
  setgid: 6n,
  setuid: 7n,
  setpcap: 8n,
} as const;
type Capability = keyof typeof CAPABILITY_BITS;

/**
 * PostgreSQL refuses to run as root. For root this chooses the account that it runs under instead: the owner of the
 * cluster that exists, else `postgres`, else `nobody`. Throws a StartUpError when that account cannot be made to work.
 */
export function chooseLauncher(clusterDir: string, binaries: Binaries): Launcher {
  if (process.getuid?.() !== 0) return { prefix: [], account: undefined, spawnIds: {} };
  const account = clusterOwner(clusterDir) ?? findAccount('postgres') ?? findAccount('nobody');
  if (!account) {
    throw new StartUpError(
      'PostgreSQL refuses to run as root, and there is no account postgres or nobody: run the service as a normal user.',
    );
  }
  const launcher = launcherFor(account, clusterDir, binaries);
  if (launcher && isAllowed(['chown', 'kill', 'setgid', 'setuid']) && works(launcher, binaries)) return launcher;
  throw new StartUpError(
    `PostgreSQL refuses to run as root and cannot run as user ${account.uid} instead: run the service as a normal user, or keep the project and DATA_DIR where that user may enter (now ${binaries.root} and ${dirname(clusterDir)}).`,
  );
}

function launcherFor(account: Account, clusterDir: string, binaries: Binaries): Launcher | undefined {
  if (mayUse(account, binaries) && mayReach(account, dirname(clusterDir), ENTER)) {
    return { prefix: [], account, spawnIds: account };
  }
  // The weaker one opens files and folders for reading only, and starts a program only if its own mode allows that.
  const candidates: Capability[] = mayExecute(account, binaries)
    ? ['dac_read_search', 'dac_override']
    : ['dac_override'];
  const capability = candidates.find((candidate) => isAllowed([candidate, 'setpcap']));
  return capability && { prefix: capabilityPrefix(account, capability), account, spawnIds: {} };
}

/**
 * Puts a program under the account but leaves it one right of root: to enter folders that are closed to the account,
 * such as those below /root. The server keeps that right, so this is for want of a better place only.
 */
function capabilityPrefix(account: Account, capability: Capability): string[] {
  return [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    // Without this access(2), by which PostgreSQL finds its own programs, takes no account of the capability.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=+${capability}`,
  ];
}

/** A container can forbid more than can be read off; so one harmless call is tried. */
function works({ prefix, spawnIds }: Launcher, binaries: Binaries): boolean {
  const [program = '', ...rest] = [...prefix, binaries.postgres, '--version'];
  return spawnSync(program, rest, { ...spawnIds, stdio: 'ignore', cwd: '/' }).status === 0;
}

/** Whether an account may enter all folders above the path and has the wanted rights (as in 0o7) on the path itself. */
function mayReach(account: Account, path: string, wanted: number): boolean {
  const real = realpathSync(path);
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (!allows(account, folder, ENTER)) return false;
    if (folder === dirname(folder)) break;
  }
  return allows(account, real, wanted);
}

function allows(account: Account, path: string, wanted: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

function mayUse(account: Account, { root, initdb, postgres }: Binaries): boolean {
  const paths = [initdb, postgres, join(root, 'lib'), join(root, 'share', 'postgresql')];
  return paths.every((path) => mayReach(account, path, READ_AND_ENTER));
}

function mayExecute(account: Account, { initdb, postgres }: Binaries): boolean {
  return [initdb, postgres].every((path) => allows(account, path, READ_AND_ENTER));
}

function clusterOwner(clusterDir: string): Account | undefined {
  const found = statSync(clusterDir, { throwIfNoEntry: false });
  return found?.uid ? { uid: found.uid, gid: found.gid } : undefined;
}

function findAccount(name: string): Account | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [login, , uid, gid] = line.split(':');
    if (login === name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** Whether programs started by root have these capabilities: all of them outside containers. */
function isAllowed(capabilities: readonly Capability[]): boolean {
  const line = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const bounding = BigInt(`0x${line?.[1] ?? '0'}`);
  return capabilities.every((capability) => (bounding & (1n << CAPABILITY_BITS[capability])) !== 0n);
}
