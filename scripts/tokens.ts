import type { Config } from '#platform/config';
import {
  ensureSigningKey,
  type Identity,
  issuerTokenVerifier,
  localTokenVerifier,
  signAccessToken,
  type TokenVerifier,
} from '#platform/identity';
import type { Clock } from '#platform/time';

/** How tokens are verified, and made where the service has a key of its own. */
export interface Tokens {
  readonly verify: TokenVerifier;
  /** Missing where an issuer makes the tokens. */
  readonly sign?: (identity: Identity, lifetimeSeconds: number) => Promise<string>;
}

type TokenSettings = Pick<Config, 'DATA_DIR' | 'AUTH_JWKS_URL' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE'>;

/** The issuer of AUTH_JWKS_URL, or the key in DATA_DIR, which is made on the first start. */
export async function openTokens(config: TokenSettings, clock: Clock): Promise<Tokens> {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = config;
  if (jwksUrl && issuer && audience) return { verify: issuerTokenVerifier({ jwksUrl, issuer, audience }, clock) };
  const key = await ensureSigningKey(config.DATA_DIR);
  return {
    verify: localTokenVerifier(key, clock),
    sign: (identity, lifetimeSeconds) => signAccessToken(key, identity, lifetimeSeconds, clock),
  };
}
