import { exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, importSPKI } from 'jose';
import { StartUpError } from '#platform/errors';
import type { SigningKey } from './signing-key.ts';

/** What the gateway signs internal tokens with. */
export type InternalSigningKey = Pick<SigningKey, 'privateKey'>;

/** What a subgraph verifies them with. */
export type InternalPublicKey = Pick<SigningKey, 'publicKey'>;

/** A key pair as settings hold it: DER in base64, one line each, as openssl writes it. */
export interface InternalKeyTexts {
  /** PKCS #8. */
  signingKey: string;
  /** SubjectPublicKeyInfo. */
  publicKey: string;
}

/** A new Ed25519 key pair for the internal tokens. */
export async function makeInternalKey(): Promise<InternalKeyTexts> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { signingKey: body(await exportPKCS8(privateKey)), publicKey: body(await exportSPKI(publicKey)) };
}

/** Reads a setting that holds a signing key. Throws StartUpError where it is no private Ed25519 key. */
export async function readInternalSigningKey(
  text: string,
  setting = 'INTERNAL_SIGNING_KEY',
): Promise<InternalSigningKey> {
  try {
    return { privateKey: await importPKCS8(armoured('PRIVATE KEY', text), 'EdDSA') };
  } catch (cause) {
    throw new StartUpError(`${setting} is no private Ed25519 key; ${REMEDY}`, { cause });
  }
}

/** Reads a setting that holds the other half. Throws StartUpError where it is no public Ed25519 key. */
export async function readInternalPublicKey(text: string, setting = 'INTERNAL_PUBLIC_KEY'): Promise<InternalPublicKey> {
  try {
    return { publicKey: await importSPKI(armoured('PUBLIC KEY', text), 'EdDSA') };
  } catch (cause) {
    throw new StartUpError(`${setting} is no public Ed25519 key; ${REMEDY}`, { cause });
  }
}

const REMEDY = 'make a pair with npm run --silent internal-key.';

function armoured(label: string, text: string): string {
  return `-----BEGIN ${label}-----\n${text.trim()}\n-----END ${label}-----`;
}

function body(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}
