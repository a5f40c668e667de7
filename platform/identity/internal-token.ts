import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { ServiceError } from '#platform/errors';
import type { Clock } from '#platform/time';
import type { TokenVerifier } from './access-token.ts';
import type { Identity } from './identity.ts';
import type { InternalPublicKey, InternalSigningKey } from './internal-key.ts';
import { fromClaims, toClaims } from './token-claims.ts';

/** The one header in which the gateway passes identity on to a subgraph; stripped from everything that comes from outside. */
export const INTERNAL_HEADER = 'x-internal-identity';

const ISSUER = 'statistics-gateway';
const LIFETIME_SECONDS = 60;

/** Signs what the gateway knows of the caller for one subgraph, for a minute. */
export async function signInternalToken(
  key: InternalSigningKey,
  identity: Identity,
  subgraph: string,
  clock: Clock,
): Promise<string> {
  const issuedAt = Math.floor(clock.now() / 1000);
  return new SignJWT(toClaims(identity))
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(ISSUER)
    .setAudience(subgraph)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(key.privateKey);
}

/** The caller as the gateway vouches for. Throws UNAUTHENTICATED for everything that the gateway did not sign for this subgraph. */
export async function verifyInternalToken(
  key: InternalPublicKey,
  token: string | undefined,
  subgraph: string,
  clock: Clock,
): Promise<Identity> {
  try {
    const { payload } = await jwtVerify(token ?? '', key.publicKey, {
      issuer: ISSUER,
      audience: subgraph,
      algorithms: ['EdDSA'],
      requiredClaims: ['exp'],
      currentDate: new Date(clock.now()),
    });
    const identity = fromClaims(payload);
    if (identity) return identity;
  } catch (cause) {
    throw new ServiceError('UNAUTHENTICATED', 'only the gateway may ask a subgraph.', { cause });
  }
  throw new ServiceError('UNAUTHENTICATED', 'only the gateway may ask a subgraph.');
}

/** The audience of tokens with which the service's own jobs ask the gateway. */
export const GATEWAY_AUDIENCE = 'gateway';

/** Verifies the tokens of the service's own jobs, and leaves all others to the verifier of clients' tokens. */
export function acceptJobTokens(key: InternalPublicKey, verifyOthers: TokenVerifier, clock: Clock): TokenVerifier {
  return (token) =>
    issuerOf(token) === ISSUER ? verifyInternalToken(key, token, GATEWAY_AUDIENCE, clock) : verifyOthers(token);
}

/** Who is said to have made a token; proves nothing. */
function issuerOf(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
