import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { StoredBytes } from './file-store.ts';

/** Writes a new file as its bytes come, flushed to the disk, and says its size and hash. Throws where there is one already. */
export async function writeDraft(
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
