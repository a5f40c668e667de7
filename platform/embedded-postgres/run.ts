import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Launcher } from './account.ts';

/** What PostgreSQL's programs see: none of the caller's PG* and locale variables, which would change what they do. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', TZ: 'UTC' };

/** A program of PostgreSQL that runs, or has run. */
export interface Program {
  readonly process: ChildProcess;
  /** Resolves when the process has ended, never rejects. */
  readonly ended: Promise<Ending>;
  /** The last lines that it has written, as one. */
  lastLines(): string;
}

/** How a process ended. */
export interface Ending {
  ok: boolean;
  /** A phrase: `exit code 1`, `signal SIGKILL`. */
  reason: string;
}

const KEPT_LINES = 8;
const OUTPUT_GRACE_MS = 1000;

/** Starts a program of PostgreSQL under the launcher's account and reads what it writes, line by line. */
export function launch(
  launcher: Launcher,
  command: readonly string[],
  onLine: (line: string) => void = () => {},
  options: SpawnOptions = {},
): Program {
  const [program, ...rest] = [...launcher.prefix, ...command];
  const child = spawn(program as string, rest, {
    // A folder that every account may enter, wherever the service was started.
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...launcher.spawnIds,
    ...options,
  });
  const lines: string[] = [];
  readLines(child, (line) => {
    if (lines.push(line) > KEPT_LINES) lines.shift();
    onLine(line);
  });
  return { process: child, ended: ended(child), lastLines: () => lines.join(' | ') };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    stream?.on('end', () => {
      if (rest !== '') onLine(rest);
    });
  }
}

/** Waits for the outputs too, they say why; but not long, since children of a killed server may still hold them. */
function ended(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, reason: error.message }));
    child.once('exit', (code, signal) => {
      const ending = { ok: code === 0, reason: signal ? `signal ${signal}` : `exit code ${code}` };
      const timer = setTimeout(() => resolve(ending), OUTPUT_GRACE_MS);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(ending);
      });
    });
  });
}
