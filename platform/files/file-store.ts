import type { Readable } from 'node:stream';

/** What the store says of bytes that it has taken in. */
export interface StoredBytes {
  /** Made by the store; the only name that the bytes have in it. */
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

/** Where bytes are kept, each under a uuid; names that people see are kept in the database. A file is there whole or not at all. */
export interface FileStore {
  /** Takes in bytes as they come, in constant memory. Where the source fails nothing is kept. */
  write(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredBytes>;
  /** The bytes of a file, or a range of them. Throws where there is no such file. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Removes a file; one that is gone already is no fault. */
  remove(key: string): Promise<void>;
}

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws for a key that no store has made. */
export function checkKey(key: string): void {
  if (!KEY.test(key)) throw new Error('a file is asked for by a key that the store has not made');
}
