import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { type ByteRange, checkKey, type FileStore, type StoredBytes } from './file-store.ts';
import { writeDraft } from './write-draft.ts';

export interface S3FileStoreOptions {
  readonly bucket: string;
  /** Undefined: Amazon's own. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** What the names of objects begin with. */
  readonly prefix: string;
  /** Undefined: what the environment of the process offers. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** Tries of one request; the store's own failures and those of the network are tried again. */
const TRIES = 3;

/**
 * Files as objects of a bucket. Bytes are gathered in a temporary file first: only then are their size and hash known, they go
 * with one request that either makes the whole object or none, and that request can be repeated.
 */
export class S3FileStore implements FileStore {
  private client: Promise<S3Client> | undefined;

  constructor(private readonly options: S3FileStoreOptions) {}

  async write(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredBytes> {
    const key = randomUUID();
    const draft = join(tmpdir(), `statistics-${key}.part`);
    try {
      const written = await writeDraft(draft, body);
      await this.put(key, draft, written);
      return { key, ...written };
    } finally {
      await rm(draft, { force: true });
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const { GetObjectCommand } = await sdk();
    const part = range && { Range: `bytes=${range.start}-${range.end}` };
    const { Body } = await (await this.open()).send(new GetObjectCommand({ ...this.place(key), ...part }));
    return Body as Readable;
  }

  async remove(key: string): Promise<void> {
    const { DeleteObjectCommand } = await sdk();
    await (await this.open()).send(new DeleteObjectCommand(this.place(key)));
  }

  private async put(key: string, draft: string, { sizeBytes, sha256 }: Omit<StoredBytes, 'key'>): Promise<void> {
    const { PutObjectCommand } = await sdk();
    const client = await this.open();
    const place = { ...this.place(key), ContentLength: sizeBytes, ContentType: 'application/octet-stream' };
    // The store compares what it has got with this hash.
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
    for (let tries = 1; ; tries++) {
      const Body = createReadStream(draft);
      try {
        await client.send(new PutObjectCommand({ ...place, ChecksumSHA256, Body }));
        return;
      } catch (error) {
        Body.destroy();
        // The client itself repeats no request whose body is a stream.
        if (tries === TRIES || isRefusal(error)) throw error;
      }
    }
  }

  private place(key: string) {
    checkKey(key);
    return { Bucket: this.options.bucket, Key: `${this.options.prefix}${key}` };
  }

  private open(): Promise<S3Client> {
    this.client ??= openClient(this.options);
    return this.client;
  }
}

const silent = () => undefined;
const QUIET = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** The kit takes a while to load, and who keeps files on disk does not need it. */
const sdk = () => import('@aws-sdk/client-s3');

async function openClient({ endpoint, region, credentials }: S3FileStoreOptions): Promise<S3Client> {
  const { S3Client: Client } = await sdk();
  return new Client({
    region,
    maxAttempts: TRIES,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    // Stores of other makers do not know the checksums that Amazon has added lately.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Failures are thrown; it would also print them.
    logger: QUIET,
  });
}

/** Whether the store has understood and said no, so that asking again is of no use. */
function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 500;
  return status < 500 && status !== 429;
}
