import { createRemoteJWKSet, errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import { ServiceError } from '#platform/errors';
import type { Clock } from '#platform/time';
import type { Identity } from './identity.ts';
import type { SigningKey } from './signing-key.ts';
import { fromClaims, toClaims } from './token-claims.ts';

export const LOCAL_ISSUER = 'statistics-service';
export const LOCAL_AUDIENCE = 'statistics-service';
const LOCAL_ALGORITHM = 'EdDSA';
/** What an issuer may sign with; symmetric algorithms and "none" are not among them. */
const ISSUER_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** Turns a bearer token into an identity, or throws UNAUTHENTICATED. */
export type TokenVerifier = (token: string) => Promise<Identity>;

/** Verifies tokens of the service's own key. */
export function localTokenVerifier(key: SigningKey, clock: Clock): TokenVerifier {
  const options = { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, algorithms: [LOCAL_ALGORITHM] };
  return (token) => verify(token, async () => key.publicKey, options, clock);
}

/** Verifies tokens of an issuer by the keys that it publishes; they are fetched once and kept. */
export function issuerTokenVerifier(
  issuer: { jwksUrl: string; issuer: string; audience: string },
  clock: Clock,
): TokenVerifier {
  const keys = issuerKeys(issuer.jwksUrl);
  const options = { issuer: issuer.issuer, audience: issuer.audience, algorithms: ISSUER_ALGORITHMS };
  return (token) => verify(token, keys, options, clock);
}

/** The keys that an issuer publishes. Whatever keeps them from being fetched is no fault of the token: SERVICE_UNAVAILABLE. */
function issuerKeys(jwksUrl: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
  const faultsOfTokens = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      if (faultsOfTokens.some((fault) => cause instanceof fault)) throw cause;
      throw new ServiceError('SERVICE_UNAVAILABLE', "the token issuer's keys cannot be fetched; try again.", { cause });
    }
  };
}

/** Signs a token with the service's own key. `lifetimeSeconds` counts from the clock's now. */
export async function signAccessToken(
  key: SigningKey,
  identity: Identity,
  lifetimeSeconds: number,
  clock: Clock,
): Promise<string> {
  const issuedAt = Math.floor(clock.now() / 1000);
  return new SignJWT(toClaims(identity))
    .setProtectedHeader({ alg: LOCAL_ALGORITHM, kid: key.id })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key.privateKey);
}

async function verify(token: string, key: JWTVerifyGetKey, options: JWTVerifyOptions, clock: Clock): Promise<Identity> {
  let identity: Identity | undefined;
  try {
    const requiredClaims = ['exp', 'sub'];
    const { payload } = await jwtVerify(token, key, { ...options, requiredClaims, currentDate: new Date(clock.now()) });
    if (typeof payload.sub !== 'string' || payload.sub === '') throw new errors.JWTInvalid('sub is no text');
    identity = fromClaims(payload);
  } catch (cause) {
    if (cause instanceof ServiceError) throw cause;
    throw new ServiceError('UNAUTHENTICATED', refusal(cause), { cause });
  }
  if (!identity)
    throw new ServiceError('UNAUTHENTICATED', 'the token carries a company_id that is not a company number.');
  return identity;
}

/** Says enough for the holder to mend it and nothing that helps to forge one. */
function refusal(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired; get a new one.';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return 'the token is for another audience; get one for this service.';
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss') {
    return 'the token is of another issuer; get one for this service.';
  }
  return 'the token does not hold; get a new one.';
}
