import { createHmac, timingSafeEqual } from 'node:crypto';
import { ServiceError } from '#platform/errors';

/** A file of one company, kept by one subgraph. */
export interface FileAddress {
  /** Name of the subgraph. */
  readonly service: string;
  readonly companyId: string;
  readonly fileId: string;
}

/** The part of a link that shows it was made here: text as it stands in the address. */
export interface LinkSeal {
  readonly expires: string | undefined;
  readonly signature: string | undefined;
}

/**
 * The path of a link that gives one file to whoever has it, until it expires: /files/{service}/{companyId}/{fileId}?...
 * @param expiresAt epoch seconds
 */
export function signFileLink(secret: string, address: FileAddress, expiresAt: number): string {
  const path = [address.service, address.companyId, address.fileId].map(encodeURIComponent).join('/');
  return `/files/${path}?expires=${expiresAt}&signature=${sign(secret, address, String(expiresAt)).toString('base64url')}`;
}

/**
 * Throws FORBIDDEN, with the remedy, for a link that was not made here or has expired.
 * @param now epoch milliseconds
 */
export function verifyFileLink(secret: string, address: FileAddress, seal: LinkSeal, now: number): void {
  const { expires = '', signature = '' } = seal;
  const expected = sign(secret, address, expires);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ServiceError('FORBIDDEN', 'this link was altered or cut off; ask the graph for a new one.');
  }
  if (Number(expires) * 1000 <= now) {
    throw new ServiceError('FORBIDDEN', 'this link has expired; ask the graph for a new one.');
  }
}

function sign(secret: string, { service, companyId, fileId }: FileAddress, expires: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['file link', service, companyId, fileId, expires]))
    .digest();
}
