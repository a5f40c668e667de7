import { SignJWT } from 'jose';
import {
  acceptJobTokens,
  GATEWAY_AUDIENCE,
  type Identity,
  LOCAL_AUDIENCE,
  localTokenVerifier,
  makeSigningKey,
  type SigningKey,
  signAccessToken,
  signInternalToken,
  verifyInternalToken,
} from './index.ts';

const NOW = Date.UTC(2026, 2, 15, 12);
const clock = { now: () => NOW };
const caller: Identity = {
  subject: 'user 1',
  companyId: '7',
  scopes: ['stats:read'],
  name: 'Ann',
  email: 'ann@example.com',
};
const refused = { code: 'UNAUTHENTICATED', message: 'only the gateway may ask a subgraph.' };

let key: SigningKey;
beforeAll(async () => {
  key = await makeSigningKey();
});

test('[GEN-09] the gateway passes on who asks, whole', async () => {
  const token = await signInternalToken(key, caller, 'billing', clock);
  expect(await verifyInternalToken(key, token, 'billing', clock)).toEqual(caller);
});

test('what the gateway signed holds for one subgraph and one minute', async () => {
  const token = await signInternalToken(key, caller, 'billing', clock);
  const at = (ms: number) => ({ now: () => NOW + ms });
  expect(await verifyInternalToken(key, token, 'billing', at(59_999))).toEqual(caller);
  await expect(verifyInternalToken(key, token, 'billing', at(60_000))).rejects.toMatchObject(refused);
  await expect(verifyInternalToken(key, token, 'messaging-stats', clock)).rejects.toMatchObject(refused);
});

test('nothing but the signature of the gateway opens a subgraph, not even an access token of the same key', async () => {
  const other = await makeSigningKey();
  const tokens = [
    undefined,
    '',
    'x.y.z',
    await signInternalToken(other, caller, 'billing', clock),
    await signAccessToken(key, caller, 60, clock),
    await signAccessToken(key, caller, 60, clock).then((token) => `${token}x`),
    await new SignJWT({ company_id: '7' })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('statistics-gateway')
      .setAudience([LOCAL_AUDIENCE])
      .setExpirationTime(NOW / 1000 + 60)
      .sign(key.privateKey),
    await new SignJWT({ company_id: '7' })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('statistics-gateway')
      .setAudience('billing')
      .sign(key.privateKey),
  ];
  for (const token of tokens) {
    await expect(verifyInternalToken(key, token, 'billing', clock)).rejects.toMatchObject(refused);
  }
});

test("the gateway takes the tokens of the service's own jobs beside those of clients, and no token meant for a subgraph", async () => {
  const clients = await makeSigningKey();
  const verify = acceptJobTokens(key, localTokenVerifier(clients, clock), clock);
  expect(await verify(await signInternalToken(key, caller, GATEWAY_AUDIENCE, clock))).toEqual(caller);
  expect(await verify(await signAccessToken(clients, caller, 60, clock))).toEqual(caller);
  const others = [
    await signInternalToken(key, caller, 'billing', clock),
    await signInternalToken(clients, caller, GATEWAY_AUDIENCE, clock),
    await signAccessToken(key, caller, 60, clock),
    'x.y.z',
  ];
  for (const token of others) await expect(verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
