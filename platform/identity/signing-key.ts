import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { StartUpError } from '#platform/errors';
import { ensureSecretFile } from './secret-file.ts';

/** The service's own key pair for access tokens, used where no issuer is configured. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

const keyFile = (dataDir: string) => join(dataDir, 'signing-key.json');

/** Reads the key in the data directory. Throws StartUpError where there is none; never makes one. */
export async function readSigningKey(dataDir: string): Promise<SigningKey> {
  let text: string;
  try {
    text = await readFile(keyFile(dataDir), 'utf8');
  } catch (cause) {
    throw new StartUpError(
      `there is no signing key to read in ${dataDir}; start the service once (npm start), or set DATA_DIR to its data directory.`,
      { cause },
    );
  }
  return importKey(text);
}

/** Reads the key, or makes it on the first start. */
export async function ensureSigningKey(dataDir: string): Promise<SigningKey> {
  return importKey(await ensureSecretFile(keyFile(dataDir), makeKey));
}

/** A new key pair that is kept nowhere. */
export async function makeSigningKey(): Promise<SigningKey> {
  return importKey(await makeKey());
}

async function makeKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

async function importKey(text: string): Promise<SigningKey> {
  const jwk = JSON.parse(text) as JWK;
  const { d: _secret, ...publicPart } = jwk;
  return {
    id: await calculateJwkThumbprint(jwk),
    privateKey: (await importJWK(jwk, 'EdDSA')) as CryptoKey,
    publicKey: (await importJWK(publicPart, 'EdDSA')) as CryptoKey,
  };
}
