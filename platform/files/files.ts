import { join } from 'node:path';
import type { Config, FILE_STORE_SETTINGS } from '#platform/config';
import { ensureSecretFile, randomSecret } from '#platform/identity';
import { systemClock } from '#platform/time';
import { DiskFileStore } from './disk-file-store.ts';
import { type FileAddress, type LinkSeal, signFileLink, verifyFileLink } from './file-link.ts';
import type { FileStore } from './file-store.ts';
import { S3FileStore } from './s3-file-store.ts';

/** A link as clients get it. */
export interface SignedLink {
  readonly url: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Makes links to files and verifies them; every process with the same data directory knows the same secret. */
export class FileLinks {
  constructor(
    private readonly options: {
      secret: string;
      lifetimeSeconds: number;
      /** Stands before the path; empty for links that are paths on the gateway. */
      publicUrl: string;
    },
  ) {}

  /** @param now epoch milliseconds */
  sign(address: FileAddress, now: number): SignedLink {
    const expires = Math.floor(now / 1000) + this.options.lifetimeSeconds;
    const url = `${this.options.publicUrl}${signFileLink(this.options.secret, address, expires)}`;
    return { url, expiresAt: expires * 1000 };
  }

  /** Throws FORBIDDEN as verifyFileLink does. */
  verify(address: FileAddress, seal: LinkSeal, now: number): void {
    verifyFileLink(this.options.secret, address, seal, now);
  }
}

/** Where files are kept, and how links to them are made. */
export interface Files {
  readonly store: FileStore;
  readonly links: FileLinks;
}

type StoreSettings = Pick<Config, 'DATA_DIR' | keyof typeof FILE_STORE_SETTINGS>;
type LinkSettings = Pick<Config, 'DATA_DIR' | 'FILE_LINK_SECRET' | 'FILE_LINK_SECONDS' | 'PUBLIC_URL'>;

/** Opens the files of the data directory, or of a bucket, and the links to them. */
export async function openFiles(config: StoreSettings & LinkSettings): Promise<Files> {
  return { store: await openStore(config), links: await openFileLinks(config) };
}

/** Links to files, for who needs no files; makes their secret on the first start, unless the settings have one. */
export async function openFileLinks(config: LinkSettings): Promise<FileLinks> {
  const secretFile = join(config.DATA_DIR, 'file-link-secret');
  const secret = config.FILE_LINK_SECRET ?? (await ensureSecretFile(secretFile, randomSecret));
  const publicUrl = (config.PUBLIC_URL ?? '').replace(/\/+$/, '');
  return new FileLinks({ secret, lifetimeSeconds: config.FILE_LINK_SECONDS, publicUrl });
}

/** Nothing is written for longer than this. */
const LONGEST_WRITING_MS = 86_400_000;

async function openStore(config: StoreSettings): Promise<FileStore> {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region, S3_PREFIX: prefix } = config;
  if (!bucket) {
    const store = new DiskFileStore(join(config.DATA_DIR, 'files'));
    await store.sweepDrafts(systemClock.now() - LONGEST_WRITING_MS);
    return store;
  }
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  return new S3FileStore({ bucket, endpoint, region, prefix, credentials });
}
