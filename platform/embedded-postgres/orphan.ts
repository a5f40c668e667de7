import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StartUpError } from '#platform/errors';
import { commandLine, sendSignal, waitForEnd, workingDirectory } from './processes.ts';

const STEPS = [
  { signal: 'SIGINT', timeoutMs: 20_000 },
  { signal: 'SIGQUIT', timeoutMs: 10_000 },
  { signal: 'SIGKILL', timeoutMs: 10_000 },
] as const;

/**
 * Stops the server that a killed service has left running on the cluster, if there is one, and removes a pid file that
 * PostgreSQL would take for a living server's. The caller must hold the lock of the data directory.
 */
export async function stopOrphan(clusterDir: string): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined || !existsSync(`/proc/${pid}`)) return;
  if (isServerOf(pid, clusterDir)) await stop(pid, clusterDir);
  // What is there now is a stranger, since pids begin anew with every container and boot, or the remains of a server
  // that its new parent has not reaped yet. PostgreSQL tells neither from a living server. Its second guard, the shared
  // memory that the last processes of a killed server still hold, does not need the file.
  if (readPid(pidFile) === pid) rmSync(pidFile, { force: true });
}

async function stop(pid: number, clusterDir: string): Promise<void> {
  for (const { signal, timeoutMs } of STEPS) {
    try {
      sendSignal(pid, signal);
    } catch {
      throw new StartUpError(
        `PostgreSQL process ${pid} of another user still runs on ${clusterDir}: stop it, or start the service as that user.`,
      );
    }
    if (await waitForEnd(pid, timeoutMs)) return;
  }
  throw new StartUpError(
    `PostgreSQL process ${pid} still runs on ${clusterDir} and cannot be stopped: end it by hand.`,
  );
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the process is a postgres of this very cluster: by its command line, or by the folder that it works in. */
function isServerOf(pid: number, clusterDir: string): boolean {
  const [program = '', ...rest] = commandLine(pid);
  if (basename(program) !== 'postgres') return false;
  const real = realpathSync(clusterDir);
  const named = rest[rest.indexOf('-D') + 1];
  // The working directory of another user's process is hidden from root itself in a container.
  return (named !== undefined && samePath(named, real)) || workingDirectory(pid) === real;
}

function samePath(path: string, real: string): boolean {
  try {
    return realpathSync(path) === real;
  } catch {
    return false;
  }
}
