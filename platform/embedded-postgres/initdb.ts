import { StartUpError } from '#platform/errors';
import type { Launcher } from './account.ts';
import type { Binaries } from './binaries.ts';
import { diskFullFault } from './data-dir.ts';
import { launch } from './run.ts';

export interface InitdbOptions {
  binaries: Binaries;
  launcher: Launcher;
  /** Where the cluster is made; the folder above must belong to the launcher's account. */
  target: string;
  /** Holds the superuser's password, readable by the launcher's account. */
  passwordFile: string;
  /** Whether the files are flushed to the disk. */
  sync: boolean;
}

/** Makes a UTF-8 cluster. Throws a StartUpError, or an error with a code that fileFault knows. */
export async function runInitdb(options: InitdbOptions): Promise<void> {
  // The machine's own locale is used for little beside; where it is not installed the plain C one does.
  for (const locale of ['C.UTF-8', 'C']) {
    const program = launch(options.launcher, [...commandLine(options), `--locale=${locale}`]);
    const { ok, reason } = await program.ended;
    if (ok) return;
    const output = program.lastLines();
    if (locale !== 'C' && output.includes('invalid locale')) continue;
    throw initdbFault(output, reason);
  }
}

function commandLine({ binaries, target, passwordFile, sync }: InitdbOptions): string[] {
  return [
    binaries.initdb,
    `--pgdata=${target}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own tables of characters and not the machine's: the same order and case everywhere, always.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(sync ? [] : ['--no-sync']),
  ];
}

function initdbFault(output: string, reason: string): Error {
  const full = diskFullFault(output);
  if (full) return full;
  if (output.includes('could not look up effective user')) {
    return new StartUpError(
      `User ${process.getuid?.()} has no entry in /etc/passwd, and PostgreSQL cannot make a database without: add one, or run the service as a user that has one.`,
    );
  }
  if (reason.includes('ENOENT')) {
    return new StartUpError(
      `PostgreSQL cannot run on this system (${reason}), it needs glibc: use Debian or Ubuntu, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
  return new StartUpError(`PostgreSQL could not make its database (${reason}): ${output}`);
}
