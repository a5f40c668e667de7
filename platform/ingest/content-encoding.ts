import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ServiceError } from '#platform/errors';
import { showValue } from './show-value.ts';

const CHUNK_BYTES = 65_536;
/** Damaged, and cut short. Whatever else zlib reports is no fault of the sender. */
const BROKEN: ReadonlySet<unknown> = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR']);

/** The compressed body is broken. Whoever counts the lines makes a client's error of it. */
export class BrokenCompression extends Error {}

/**
 * The bytes of a body as they were before its `Content-Encoding` (gzip, x-gzip, identity or none). They are unpacked
 * piece by piece as far as they are read, so that a small body that unpacks to a huge one costs no memory.
 * Reading throws BrokenCompression where the gzip stream is damaged or cut short.
 * @throws ServiceError UNSUPPORTED_MEDIA_TYPE for other encodings
 */
export function decodeContent(source: AsyncIterable<Uint8Array>, encoding = ''): AsyncIterable<Uint8Array> {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return source;
    case 'gzip':
    case 'x-gzip':
      return gunzip(source);
    default: {
      const message = `Content-Encoding ${showValue(encoding)} is not supported; send gzip, or no compression.`;
      throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', message);
    }
  }
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  // An error on either side destroys the other; it comes out where `unpacked` is read.
  pipeline(source, unpacked, () => {});
  try {
    yield* unpacked;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw BROKEN.has(code) ? new BrokenCompression(message, { cause: error }) : error;
  }
}
