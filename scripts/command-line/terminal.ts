import { setTimeout as delay } from 'node:timers/promises';
import { processEnvironment } from '#platform/config';
import { type Clock, systemClock } from '#platform/time';

/** What a command sees of the world; passed in, so that it runs in a test as it does in a shell. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly directory: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Takes the result and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly clock: Clock;
  wait(waitMs: number): Promise<void>;
}

/** The terminal of this process. npm runs a script in the project's directory; where the caller stood is in INIT_CWD. */
function processTerminal(): Terminal {
  const environment = processEnvironment();
  const { npm_lifecycle_event: script, INIT_CWD: callerDirectory } = environment;
  return {
    environment,
    directory: (script && process.argv[1]?.endsWith(`${script}.ts`) && callerDirectory) || process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    wait: (waitMs) => delay(waitMs),
  };
}

/** Runs a command as this process; what it returns is the exit status. */
export async function main(run: (argv: readonly string[], terminal: Terminal) => Promise<number>): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure of the command.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}
