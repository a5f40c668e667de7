import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Terminal } from './terminal.ts';

const ROOT = resolve(__dirname, '../..');
/** A data directory that nobody has made, so that no test finds a key by chance. */
const NO_DIRECTORY = join(tmpdir(), 'statistics-no-data');

export interface TestTerminalOptions {
  environment?: Record<string, string>;
  directory?: string;
  stdin?: AsyncIterable<Uint8Array>;
  /** Epoch milliseconds. */
  now?: number;
  isTTY?: boolean;
}

/** A terminal of a test: waits take no time, and what was written can be asked for. */
export interface TestTerminal {
  readonly terminal: Terminal;
  /** Waits that were asked for, in milliseconds. */
  readonly waits: readonly number[];
  stdout(): string;
  stderr(): string;
}

export function testTerminal(options: TestTerminalOptions = {}): TestTerminal {
  const { environment = {}, directory = tmpdir(), now = Date.UTC(2026, 2, 15, 12), isTTY = false } = options;
  const stdout = recorder();
  const stderr = recorder();
  const waits: number[] = [];
  const terminal: Terminal = {
    environment: { DATA_DIR: NO_DIRECTORY, ...environment },
    directory,
    stdin: options.stdin ?? PassThrough.from([]),
    stdout: stdout.stream,
    stderr: Object.assign(stderr.stream, { isTTY }),
    clock: { now: () => now },
    wait: async (waitMs) => void waits.push(waitMs),
  };
  return { terminal, waits, stdout: stdout.written, stderr: stderr.written };
}

function recorder(): { stream: PassThrough; written(): string } {
  let written = '';
  const stream = new PassThrough();
  stream.on('data', (piece: Buffer) => (written += piece.toString()));
  return { stream, written: () => written };
}

/** Runs scripts/NAME.ts as a process of its own, as the script of package.json does. */
export async function spawnCommand(name: string, argv: readonly string[], environment: Record<string, string>) {
  const { PATH, HOME } = process.env;
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    './scripts/swc-register.mjs',
    `scripts/${name}.ts`,
  ];
  const child = spawn(process.execPath, [...args, ...argv], {
    cwd: ROOT,
    env: { PATH, HOME, DATA_DIR: NO_DIRECTORY, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: status as number | null, stdout, stderr };
}
