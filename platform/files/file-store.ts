import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** What the store says of bytes that it has taken in. */
export interface StoredBytes {
  /** Made by the store; the only name that the bytes have on disk. */
  readonly key: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Files below one directory. Names that people see are kept in the database; here every file has a uuid. A file is there
 * whole or not at all: it is written under another name, flushed, and then renamed.
 */
export class FileStore {
  constructor(private readonly directory: string) {}

  /** Takes in bytes as they come, in constant memory. Where the source fails nothing is kept. */
  async write(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredBytes> {
    const key = randomUUID();
    const path = this.pathOf(key);
    const draft = `${path}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      const written = await writeDraft(draft, body);
      await rename(draft, path);
      await flushDirectory(dirname(path));
      return { key, ...written };
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** The bytes of a file, or a range of them. Throws where there is no such file. */
  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.pathOf(key), 'r');
    return file.createReadStream({ ...range });
  }

  /** Removes a file; one that is gone already is no fault. */
  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf(key: string): string {
    if (!KEY.test(key)) throw new Error('a file is asked for by a key that the store has not made');
    return join(this.directory, key.slice(0, 2), key);
  }
}

async function writeDraft(
  path: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Omit<StoredBytes, 'key'>> {
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of body) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      await file.writeFile(chunk);
    }
    await file.sync();
    return { sizeBytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** A renamed file survives a loss of power only after its directory was flushed. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
