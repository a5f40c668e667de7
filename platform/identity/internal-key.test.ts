import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  type Identity,
  makeInternalKey,
  readInternalPublicKey,
  readInternalSigningKey,
  signInternalToken,
  verifyInternalToken,
} from './index.ts';

const clock = { now: () => Date.UTC(2026, 2, 15, 12) };
const caller: Identity = { subject: 'user 1', companyId: '7', scopes: ['stats:read'] };

async function passesOn({ signingKey, publicKey }: { signingKey: string; publicKey: string }) {
  const token = await signInternalToken(await readInternalSigningKey(signingKey), caller, 'billing', clock);
  return verifyInternalToken(await readInternalPublicKey(publicKey), token, 'billing', clock);
}

test('a pair that was made holds, and is one line each', async () => {
  const pair = await makeInternalKey();
  expect(await passesOn(pair)).toEqual(caller);
  expect(Object.values(pair).join('\n')).toMatch(/^[A-Za-z0-9+/=]+\n[A-Za-z0-9+/=]+$/);
});

test('the texts are DER in base64, as other tools write and read them', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const texts = {
    signingKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
  expect(await passesOn(texts)).toEqual(caller);
  const made = await makeInternalKey();
  const der = (text: string) => Buffer.from(text, 'base64');
  expect(createPrivateKey({ key: der(made.signingKey), format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe(
    'ed25519',
  );
  expect(createPublicKey({ key: der(made.publicKey), format: 'der', type: 'spki' }).asymmetricKeyType).toBe('ed25519');
});

test('what is no such key is refused with the remedy, and is not shown', async () => {
  const { signingKey, publicKey } = await makeInternalKey();
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrong = rsa.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  for (const text of ['hunter2', publicKey, wrong]) {
    await expect(readInternalSigningKey(text)).rejects.toMatchObject({
      name: 'StartUpError',
      message: 'INTERNAL_SIGNING_KEY is no private Ed25519 key; make a pair with npm run --silent internal-key.',
    });
  }
  for (const text of ['hunter2', signingKey]) {
    await expect(readInternalPublicKey(text)).rejects.toMatchObject({
      name: 'StartUpError',
      message: 'INTERNAL_PUBLIC_KEY is no public Ed25519 key; make a pair with npm run --silent internal-key.',
    });
  }
});
