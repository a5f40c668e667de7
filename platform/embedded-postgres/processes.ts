import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A name for the process that no later process shares: pid, start time in clock ticks since boot, and the boot itself
 * (pids are reused, in containers at once). Undefined when there is no such process, or only its unreaped remains.
 */
export function processIdentity(pid: number): string | undefined {
  const stat = readProc(pid, 'stat');
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${pid} ${fields[19]} ${bootId()}`;
}

/** The command line of a process, one entry an argument; empty when there is no such process. */
export function commandLine(pid: number): string[] {
  return (
    readProc(pid, 'cmdline')
      ?.split('\0')
      .filter((argument) => argument !== '') ?? []
  );
}

/** The processes of this machine, or container, that run the program with the text in an argument. */
export function processesOf(program: string, text: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    const [first = '', ...rest] = commandLine(pid);
    return basename(first) === program && rest.some((argument) => argument.includes(text));
  });
}

/** Sends a signal to a process that may have ended. Throws when it is another user's (EPERM). */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The working directory of a process; undefined when there is none, or when this user may not ask. */
export function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Waits until the process is gone; false when it still runs after `timeoutMs`. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const identity = processIdentity(pid);
  const deadline = performance.now() + timeoutMs;
  while (identity !== undefined && processIdentity(pid) === identity) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

function readProc(pid: number, entry: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${entry}`, 'utf8');
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Sandboxes may not have it.
    return '';
  }
}
