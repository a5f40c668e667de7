import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { exportJWK, exportSPKI, SignJWT } from 'jose';
import {
  type Identity,
  LOCAL_AUDIENCE,
  LOCAL_ISSUER,
  localTokenVerifier,
  makeSigningKey,
  SCOPE_NAMES,
  type SigningKey,
  signAccessToken,
} from './index.ts';

const NOW = Date.UTC(2026, 2, 15, 12);
const clock = { now: () => NOW };
const FULL: Identity = {
  subject: 'user 1',
  companyId: '7',
  scopes: ['stats:read', 'staff:finance'],
  name: 'Zoë',
  email: 'zoe@example.com',
};

let key: SigningKey;
let verify: (token: string) => Promise<Identity>;
beforeAll(async () => {
  key = await makeSigningKey();
  verify = localTokenVerifier(key, clock);
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims that hold, with changes; undefined takes a claim away. */
const claims = (changes: object = {}) => ({
  iss: LOCAL_ISSUER,
  aud: LOCAL_AUDIENCE,
  sub: 'user 1',
  exp: NOW / 1000 + 60,
  iat: NOW / 1000,
  company_id: '7',
  scope: 'stats:read',
  ...changes,
});

/** A token of any claims, signed with the right key. */
const signed = (payload: object, header: object = {}) =>
  new SignJWT(payload as never).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(key.privateKey);

const refusal = (token: string) =>
  verify(token).then(
    (identity) => identity,
    ({ code, message }) => ({ code, message }),
  );
const unauthenticated = (message: string) => ({ code: 'UNAUTHENTICATED', message });
const invalid = unauthenticated('the token does not hold; get a new one.');

test('[GEN-09] a token says who asks: subject, company, scopes, and of staff name and email', async () => {
  expect(await verify(await signAccessToken(key, FULL, 60, clock))).toEqual(FULL);
  const plain = { subject: 'bank', companyId: undefined, scopes: [], name: undefined, email: undefined };
  expect(await verify(await signAccessToken(key, { subject: 'bank', scopes: [] }, 60, clock))).toEqual(plain);
});

test('[GEN-09] every scope is read, unknown ones are passed over', async () => {
  const scope = `admin ${SCOPE_NAMES.join('  ')} stats:READ constructor __proto__ stats:write`;
  expect((await verify(await signed(claims({ scope })))).scopes).toEqual(SCOPE_NAMES);
});

test.each([[['stats:read']], [{ 'stats:read': true }], [1], [null], [undefined]])(
  '[GEN-09] a scope claim of another form (%j) gives no scope',
  async (scope) => {
    expect((await verify(await signed(claims({ scope })))).scopes).toEqual([]);
  },
);

test('a token holds up to the second in which it expires', async () => {
  let now = NOW;
  const check = localTokenVerifier(key, { now: () => now });
  const token = await signAccessToken(key, FULL, 60, clock);
  now = NOW + 59_999;
  expect(await check(token)).toEqual(FULL);
  now = NOW + 60_000;
  await expect(check(token)).rejects.toMatchObject(unauthenticated('the token has expired; get a new one.'));
});

test.each([
  ['that has expired', { exp: NOW / 1000 }, unauthenticated('the token has expired; get a new one.')],
  ['that never expires', { exp: undefined }, invalid],
  ['whose end is a text', { exp: '2099-01-01' }, invalid],
  ['that is not valid yet', { nbf: NOW / 1000 + 60 }, invalid],
  ['without a subject', { sub: undefined }, invalid],
  ['whose subject is empty', { sub: '' }, invalid],
  ['whose subject is a number', { sub: 5 }, invalid],
  [
    'for another audience',
    { aud: 'billing' },
    unauthenticated('the token is for another audience; get one for this service.'),
  ],
  ['for nobody', { aud: undefined }, unauthenticated('the token is for another audience; get one for this service.')],
  [
    'of another issuer',
    { iss: 'somebody' },
    unauthenticated('the token is of another issuer; get one for this service.'),
  ],
  ['of nobody', { iss: undefined }, unauthenticated('the token is of another issuer; get one for this service.')],
])('a token %s is refused', async (_, changes, expected) => {
  expect(await refusal(await signed(claims(changes)))).toEqual(expected);
});

test.each(['', '0', '-1', '1e3', ' 7', '9223372036854775808', 0, -7, 1.5, 2 ** 53, true, ['7'], { id: '7' }])(
  '[GEN-09] a token whose company_id is %j is refused, and not taken for one without a company',
  async (company_id) => {
    const expected = unauthenticated('the token carries a company_id that is not a company number.');
    expect(await refusal(await signed(claims({ company_id })))).toEqual(expected);
  },
);

test.each([
  [null, undefined],
  [undefined, undefined],
  [7, '7'],
  ['9223372036854775807', '9223372036854775807'],
])('[GEN-09] a token whose company_id is %j is of company %s', async (company_id, companyId) => {
  expect(await refusal(await signed(claims({ company_id })))).toMatchObject({ companyId });
});

test('a token signed with another key is refused, also where it names the right one', async () => {
  const other = await makeSigningKey();
  expect(await refusal(await signAccessToken({ ...other, id: key.id }, FULL, 60, clock))).toEqual(invalid);
  const jwk = await exportJWK(other.publicKey);
  const header = { alg: 'EdDSA', kid: key.id, jwk } as const;
  expect(await refusal(await new SignJWT(claims()).setProtectedHeader(header).sign(other.privateKey))).toEqual(invalid);
});

test.each(['none', 'None', 'NONE', '', undefined])('a token of the algorithm %j is refused', async (alg) => {
  const unsigned = `${encode({ alg })}.${encode(claims())}`;
  const [, , signature] = (await signed(claims())).split('.');
  for (const token of [`${unsigned}.`, `${unsigned}.${signature}`, unsigned])
    expect(await refusal(token)).toEqual(invalid);
});

test.each(['HS256', 'HS512'])('a token of the algorithm %s whose secret is the public key is refused', async (alg) => {
  const { x = '' } = await exportJWK(key.publicKey);
  const secrets = [await exportSPKI(key.publicKey), x, Buffer.from(x, 'base64url'), JSON.stringify({ x })];
  for (const secret of secrets) {
    const text = `${encode({ alg, kid: key.id })}.${encode(claims())}`;
    const signature = createHmac(alg.replace('HS', 'sha'), secret).update(text).digest('base64url');
    expect(await refusal(`${text}.${signature}`)).toEqual(invalid);
  }
});

test.each([
  ['an extension that nobody knows', { crit: ['exp', 'x-magic'], 'x-magic': 1 }],
  ['an unencoded payload', { crit: ['b64'], b64: false }],
])('a token with %s is refused', async (_, header) => {
  const [, payload, signature] = (await signed(claims())).split('.');
  expect(await refusal(`${encode({ alg: 'EdDSA', ...header })}.${payload}.${signature}`)).toEqual(invalid);
});

test('a token that was changed anywhere is refused as such, whatever the change', async () => {
  const token = await signAccessToken(key, FULL, 60, clock);
  const characters = fc.constantFrom(...'ABCDEFGHabcdefgh0123456789-_.= ');
  const place = fc.integer({ min: 0, max: token.length - 1 });
  await fc.assert(
    fc.asyncProperty(
      place,
      fc.integer({ min: 0, max: 3 }),
      fc.array(characters, { maxLength: 3 }),
      async (at, cut, add) => {
        const changed = token.slice(0, at) + add.join('') + token.slice(at + cut);
        // The last character of a base64url text holds bits that mean nothing.
        fc.pre(
          Buffer.from(changed.split('.').at(-1) ?? '', 'base64url').toString('hex') !==
            Buffer.from(token.split('.').at(-1) ?? '', 'base64url').toString('hex') ||
            changed.split('.').slice(0, 2).join('.') !== token.split('.').slice(0, 2).join('.'),
        );
        expect(await refusal(changed)).toEqual(invalid);
      },
    ),
    { numRuns: 300, seed: 11 },
  );
});

test('any text in place of a token is refused as such', async () => {
  const json = fc.jsonValue().map(encode);
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(json, fc.base64String(), fc.string()), { maxLength: 4 }).map((parts) => parts.join('.')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (token) => expect(await refusal(token)).toEqual(invalid)),
    { numRuns: 500, seed: 12 },
  );
});
