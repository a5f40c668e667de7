import { type ChildMessage, OWNED_OPTION } from './process-messages.ts';
import type { ProcessOwner } from './run-process.ts';

/** The declaration of the option that `npm run start:services` starts its processes with. */
export const OWNED_DECLARATION = {
  owned: { description: 'Ends when the process that started this one does; for npm run start:services.' },
} as const;

/** Whether this process belongs to another one. */
export const isOwned = process.argv.includes(OWNED_OPTION) && process.send !== undefined;

/** The process that started this one. It gives this one up by closing the channel between them, as its death does too. */
const PARENT: ProcessOwner = {
  // Ctrl-C reaches every process of a terminal; only the first one knows in which order to stop.
  ignoredSignals: ['SIGINT'],
  onRelease: (listener) => void process.once('disconnect', listener),
  tellFailure: (message) => tell({ kind: 'failed', message }),
};

/** Whom this process belongs to; undefined: to whoever sends it signals. */
export const processOwner: ProcessOwner | undefined = isOwned ? PARENT : undefined;

/** Says that this process has started: to its parent with what it has to know, else in a line on standard output. */
export function tellStarted(value: unknown, line: string): void {
  if (isOwned) tell({ kind: 'started', value });
  else console.log(line);
}

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}
