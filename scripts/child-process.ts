import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type ConfigModel, SETTINGS, type SettingName } from '#platform/config';
import { StartUpError } from '#platform/errors';
import { type ChildMessage, OWNED_OPTION } from './process-messages.ts';
import type { ProcessLife } from './run-process.ts';

/** What a process of the service is started with. */
export interface ChildOptions {
  /** As the operator knows it: 'billing'. */
  name: string;
  /** File in scripts/. */
  script: string;
  argv?: readonly string[];
  environment: NodeJS.ProcessEnv;
}

/** A process that belongs to this one. */
export interface Child<Started> {
  /** What it said when it had started. */
  readonly started: Started;
  send(message: string): void;
}

/** Longest wait for a process that was told to stop; it gives itself less. */
const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts a process that ends with this one, however this one ends, and waits until it says that it has started. If it ends
 * by itself the whole service does. Throws StartUpError with its own sentence where it cannot start.
 */
export async function startChild<Started>(options: ChildOptions, life: ProcessLife): Promise<Child<Started>> {
  const argv = [...(options.argv ?? []), OWNED_OPTION];
  const child = fork(join(__dirname, options.script), argv, { env: options.environment });
  let stopped = false;
  life.cleanup.add(() => {
    stopped = true;
    return stopChild(child);
  });
  const { promise: started, resolve, reject } = Promise.withResolvers<Started>();
  let failure: string | undefined;
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'failed') failure = message.message;
    else resolve(message.value as Started);
  });
  child.once('error', reject);
  child.once('exit', (code, signal) => {
    const reason = failure ?? `${options.name} ended by itself (${signal ?? `exit status ${code}`})`;
    reject(new StartUpError(reason));
    if (!stopped)
      started.then(
        () => life.fail(`${reason}; start the service again.`),
        () => undefined,
      );
  });
  return { started: await started, send: (message) => void (child.connected && child.send(message)) };
}

/**
 * The environment of a process that reads the settings of a model: these as they are here or as `settings` says, and no
 * others, which a file .env could otherwise bring back.
 */
export function childEnvironment(
  { reads }: ConfigModel<SettingName, SettingName>,
  environment: NodeJS.ProcessEnv,
  settings: Partial<Record<SettingName, string>>,
): NodeJS.ProcessEnv {
  const names = Object.keys(SETTINGS) as SettingName[];
  const setting = (name: SettingName) => (reads.includes(name) ? (settings[name] ?? environment[name] ?? '') : '');
  return { ...environment, ...Object.fromEntries(names.map((name) => [name, setting(name)])) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  if (child.connected) child.disconnect();
  await exit;
  clearTimeout(timer);
}
