import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { SubgraphSettings } from '#platform/config';
import { ensureSecretFile, randomSecret } from '#platform/identity';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret as the receiver keeps it: whsec_ and 32 random bytes in base64. */
export function makeWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The bytes of a secret, with which is signed. */
export function keyOfSecret(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

/** The key of the service's own under which secrets are kept; its text is made on the first use, unless the settings have one. */
export async function readSealingKey(
  config: Pick<SubgraphSettings, 'DATA_DIR' | 'WEBHOOK_KEY_SECRET'>,
): Promise<Buffer> {
  const text =
    config.WEBHOOK_KEY_SECRET ?? (await ensureSecretFile(join(config.DATA_DIR, 'webhook-key-secret'), randomSecret));
  return Buffer.from(hkdfSync('sha256', text, '', 'secrets of webhooks', 32));
}

/** Encrypts a secret (AES-256-GCM), bound to the webhook that it is of: nonce, tag and text in base64. */
export function sealSecret(key: Buffer, webhook: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(webhook));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

/** Decrypts it; undefined where it was sealed under another key or for another webhook. */
export function openSecret(key: Buffer, webhook: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(webhook)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}
