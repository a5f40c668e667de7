import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose';
import { issuerTokenVerifier } from './index.ts';

const NOW = Date.UTC(2026, 2, 15, 12);
const clock = { now: () => NOW };
const ISSUER = 'https://issuer.example.com';

/** An issuer's key set at an address of its own: what it answers and how often it was asked. */
interface Issuer {
  url: string;
  asked: number;
  answer: { status: number; body: unknown };
}

let server: Server;
let issuer: Issuer;
let keys: Record<'RS256' | 'ES256', GenerateKeyPairResult>;

beforeAll(async () => {
  keys = {
    RS256: await generateKeyPair('RS256', { extractable: true }),
    ES256: await generateKeyPair('ES256', { extractable: true }),
  };
});
beforeEach(async () => {
  const published = await Promise.all(
    Object.entries(keys).map(async ([alg, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid: alg,
      alg,
      use: 'sig',
    })),
  );
  server = createServer((_request, response) => {
    issuer.asked += 1;
    const { status, body } = issuer.answer;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  issuer = { url: `http://127.0.0.1:${port}/keys`, asked: 0, answer: { status: 200, body: { keys: published } } };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const openVerifier = () => issuerTokenVerifier({ jwksUrl: issuer.url, issuer: ISSUER, audience: 'statistics' }, clock);

function sign(
  alg: 'RS256' | 'ES256',
  { kid = alg, key = keys[alg].privateKey }: { kid?: string; key?: CryptoKey } = {},
) {
  return new SignJWT({ company_id: '7', scope: 'stats:read' })
    .setProtectedHeader({ alg, kid })
    .setIssuer(ISSUER)
    .setAudience('statistics')
    .setSubject('user 1')
    .setExpirationTime(NOW / 1000 + 60)
    .sign(key as never);
}

const identity = { subject: 'user 1', companyId: '7', scopes: ['stats:read'], name: undefined, email: undefined };
const unavailable = {
  code: 'SERVICE_UNAVAILABLE',
  message: "the token issuer's keys cannot be fetched; try again.",
};
const invalid = { code: 'UNAUTHENTICATED', message: 'the token does not hold; get a new one.' };

test('[GEN-09] tokens of every published key hold, and the keys are fetched once for all of them', async () => {
  const verify = openVerifier();
  const tokens = await Promise.all([sign('RS256'), sign('ES256'), sign('RS256')]);
  expect(await Promise.all(tokens.map(verify))).toEqual([identity, identity, identity]);
  expect(await verify(await sign('ES256'))).toEqual(identity);
  expect(issuer.asked).toBe(1);
});

test('a token that names no key of the issuer is refused, and the issuer is not asked for every one of them', async () => {
  const verify = openVerifier();
  const stranger = await generateKeyPair('RS256');
  for (const kid of ['other 1', 'other 2', 'other 3']) {
    await expect(verify(await sign('RS256', { kid, key: stranger.privateKey }))).rejects.toMatchObject(invalid);
  }
  await expect(verify(await sign('RS256', { key: stranger.privateKey }))).rejects.toMatchObject(invalid);
  expect(issuer.asked).toBe(1);
});

test("a token that is signed with the issuer's public key as a secret is refused", async () => {
  const verify = openVerifier();
  const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.RS256.publicKey)));
  const token = await new SignJWT({ company_id: '7' })
    .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
    .setIssuer(ISSUER)
    .setAudience('statistics')
    .setSubject('user 1')
    .setExpirationTime(NOW / 1000 + 60)
    .sign(secret);
  await expect(verify(token)).rejects.toMatchObject(invalid);
  expect(issuer.asked).toBe(0);
});

test.each([
  ['fails', { status: 500, body: 'oops' }],
  ['has moved', { status: 404, body: {} }],
  ['answers with a page', { status: 200, body: '<html>' }],
  ['answers with something else', { status: 200, body: { hello: 'world' } }],
])('while the issuer %s nobody is told that his token is bad, and the next one fetches again', async (_, broken) => {
  const verify = openVerifier();
  const healthy = issuer.answer;
  issuer.answer = broken;
  await expect(verify(await sign('RS256'))).rejects.toMatchObject(unavailable);
  issuer.answer = healthy;
  expect(await verify(await sign('RS256'))).toEqual(identity);
});

test('while the issuer cannot be reached nobody is told that his token is bad', async () => {
  const verify = openVerifier();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(verify(await sign('RS256'))).rejects.toMatchObject(unavailable);
});

test('keys that were fetched outlive the issuer', async () => {
  const verify = openVerifier();
  expect(await verify(await sign('RS256'))).toEqual(identity);
  issuer.answer = { status: 500, body: 'oops' };
  expect(await verify(await sign('ES256'))).toEqual(identity);
});
