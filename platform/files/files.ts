import { join } from 'node:path';
import type { Config } from '#platform/config';
import { ensureSecretFile, randomSecret } from '#platform/identity';
import { type FileAddress, type LinkSeal, signFileLink, verifyFileLink } from './file-link.ts';
import { FileStore } from './file-store.ts';

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

type FileSettings = Pick<Config, 'DATA_DIR' | 'FILE_LINK_SECRET' | 'FILE_LINK_SECONDS' | 'PUBLIC_URL'>;

/** Opens the files of the data directory; makes the secret of links on the first start, unless the settings have one. */
export async function openFiles(config: FileSettings): Promise<Files> {
  const secretFile = join(config.DATA_DIR, 'file-link-secret');
  const secret = config.FILE_LINK_SECRET ?? (await ensureSecretFile(secretFile, randomSecret));
  const publicUrl = (config.PUBLIC_URL ?? '').replace(/\/+$/, '');
  return {
    store: new FileStore(join(config.DATA_DIR, 'files')),
    links: new FileLinks({ secret, lifetimeSeconds: config.FILE_LINK_SECONDS, publicUrl }),
  };
}
