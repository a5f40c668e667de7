import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from '../command-line/command-error.ts';
import type { Terminal } from '../command-line/terminal.ts';

const BLOCK_BYTES = 65_536;

/** What is imported: a file, or standard input. */
export interface SourceFile {
  /** Size on disk in bytes; missing where it is not known before the end. */
  readonly sizeBytes?: number;
  /** Whether it can be opened a second time. */
  readonly repeatable: boolean;
  /** Bytes on disk that were read since it was opened last. */
  readonly readBytes: number;
  /** Its bytes, unpacked where the name ends in .gz, read only as far as they are asked for. Throws CommandError. */
  open(): AsyncIterable<Buffer>;
}

/** Finds the file that an argument names; `-` is standard input. Throws CommandError where there is none to read. */
export async function findSource(argument: string, { directory, stdin }: Terminal): Promise<SourceFile> {
  if (argument === '-') return new Source('standard input', () => stdin);
  const path = resolve(directory, argument);
  const found = await stat(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  if (found.isDirectory()) throw new CommandError(`${path} is a directory; name a file.`);
  const sizeBytes = found.isFile() ? found.size : undefined;
  return new Source(path, () => createReadStream(path, { highWaterMark: BLOCK_BYTES }), sizeBytes);
}

class Source implements SourceFile {
  readBytes = 0;

  constructor(
    private readonly name: string,
    private readonly bytes: () => AsyncIterable<Uint8Array>,
    readonly sizeBytes?: number,
  ) {}

  get repeatable(): boolean {
    return this.sizeBytes !== undefined;
  }

  async *open(): AsyncGenerator<Buffer> {
    this.readBytes = 0;
    const counted = this.counted();
    try {
      yield* this.name.endsWith('.gz') ? unpacked(counted) : counted;
    } catch (error) {
      throw readFault(this.name, error);
    }
  }

  private async *counted(): AsyncGenerator<Buffer> {
    for await (const block of this.bytes()) {
      this.readBytes += block.length;
      yield Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    }
  }
}

function unpacked(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: BLOCK_BYTES });
  // An error on either side destroys the other; it comes out where gunzip is read.
  pipeline(source, gunzip, () => {});
  return gunzip;
}

function readFault(name: string, cause: unknown): Error {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new CommandError(`there is no file ${name}; correct the path.`, { cause });
  if (code === 'EACCES' || code === 'EPERM') {
    return new CommandError(`${name} may not be read by this user; allow it, or name another file.`, { cause });
  }
  if (code?.startsWith('Z_')) {
    return new CommandError(`${name} is not a whole gzip file (${code}); pack it again, or name it without .gz.`, {
      cause,
    });
  }
  if (code)
    return new CommandError(`${name} cannot be read (${code}); check its disk, or name a copy of it.`, {
      cause,
    });
  return cause as Error;
}
