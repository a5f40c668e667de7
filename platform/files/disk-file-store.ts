import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type ByteRange, checkKey, type FileStore, type StoredBytes } from './file-store.ts';
import { writeDraft } from './write-draft.ts';

/** What the name of a file ends with while it is written. */
const DRAFT = '.part';

/** Files below one directory: each is written under another name, flushed, and then renamed. */
export class DiskFileStore implements FileStore {
  constructor(private readonly directory: string) {}

  async write(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredBytes> {
    const key = randomUUID();
    const path = this.pathOf(key);
    const draft = `${path}${DRAFT}`;
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

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.pathOf(key), 'r');
    return file.createReadStream({ ...range });
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  /** Removes drafts that were begun before a moment and not ended: their writer was killed. */
  async sweepDrafts(before: number): Promise<void> {
    const entries = await readdir(this.directory, { recursive: true }).catch(() => []);
    for (const draft of entries.filter((name) => name.endsWith(DRAFT)).map((name) => join(this.directory, name))) {
      const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: before }));
      if (mtimeMs < before) await rm(draft, { force: true });
    }
  }

  private pathOf(key: string): string {
    checkKey(key);
    return join(this.directory, key.slice(0, 2), key);
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
