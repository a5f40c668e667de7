import { type Logger, pino } from 'pino';
import { StartUpError } from '#platform/errors';
import { Cleanup } from './cleanup.ts';
import { CommandError } from './command-line/command-error.ts';

/** The life of a process that runs until it is told to stop. */
export interface ProcessLife {
  /** What has to be undone at the end; add to it as soon as it has begun. */
  readonly cleanup: Cleanup;
  /** Aborted once the process is to stop; what is still starting gives up at its next step. */
  readonly stopping: AbortSignal;
  /** Undoes everything and ends the process with exit status 1. The message is a sentence for the operator. */
  fail(message: string): void;
}

/** Whoever started a process: how the process hears that it is to end, and whom it tells what went wrong. */
export interface ProcessOwner {
  /** Signals that are not meant for this process. */
  readonly ignoredSignals: readonly NodeJS.Signals[];
  /** Calls the listener when the process is to end without a signal. */
  onRelease(listener: () => void): void;
  tellFailure(message: string, whileStarting: boolean): void;
}

/** The shell: every signal counts, and failures go to standard error. */
const SHELL: ProcessOwner = {
  ignoredSignals: [],
  onRelease: () => undefined,
  tellFailure: (message, whileStarting) => console.error(whileStarting ? `Cannot start: ${message}` : message),
};

/** Longest time that an end may take without a signal: nobody may be left to send a second one. */
const RELEASE_GRACE_MS = 10_000;

/** Runs a process: what `start` has begun goes on until a signal, the owner's word or a failure, and is then undone. */
export async function runProcess(start: (life: ProcessLife) => Promise<void>, owner = SHELL): Promise<void> {
  const cleanup = new Cleanup();
  const stopping = new AbortController();
  const stop = async (exitCode: number) => {
    stopping.abort();
    // A step that is under way could leave behind what nobody has noted yet.
    await starting.catch(() => undefined);
    await end(cleanup, exitCode);
  };
  const fail = (message: string) => {
    if (stopping.signal.aborted) return;
    owner.tellFailure(message, false);
    void stop(1);
  };
  stopOnSignals(owner, stopping.signal, () => void stop(0));
  owner.onRelease(() => {
    setTimeout(() => process.exit(1), RELEASE_GRACE_MS).unref();
    void stop(0);
  });
  const starting = start({ cleanup, stopping: stopping.signal, fail });
  try {
    await starting;
  } catch (error) {
    if (stopping.signal.aborted) return;
    owner.tellFailure(sentenceOf(error), true);
    await end(cleanup, 1);
  }
}

/** A logger of one process: lines of JSON on standard error. */
export function processLogger(level: string): Logger {
  return pino({ level }, pino.destination(2));
}

function stopOnSignals({ ignoredSignals }: ProcessOwner, stopping: AbortSignal, stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ignoredSignals.includes(signal)) return;
      // A second signal does not wait for the first one's work; the next start recovers.
      if (stopping.aborted) process.exit(1);
      stop();
    });
  }
}

/** What the operator can mend in one sentence; the whole of what is a fault of the service. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartUpError || error instanceof CommandError) return error.message;
  return String((error as Error | undefined)?.stack ?? error);
}

/** Undoes what was started and ends the process. */
async function end(cleanup: Cleanup, exitCode: number): Promise<never> {
  await cleanup.run((error) => console.error('while stopping:', error));
  process.exit(exitCode);
}
