import type { JWTPayload } from 'jose';
import { parseCompanyId } from '#platform/database';
import type { Identity } from './identity.ts';
import { isScope } from './scope.ts';

/** The claims of a token: `sub`, `company_id`, `scope` (separated by spaces), and for staff `name` and `email`. */
export function toClaims(identity: Identity): JWTPayload {
  return {
    sub: identity.subject,
    company_id: identity.companyId,
    scope: identity.scopes.join(' '),
    name: identity.name,
    email: identity.email,
  };
}

/** Reads verified claims; a company_id that is none makes the token worthless (undefined). Unknown scopes are passed over. */
export function fromClaims(claims: JWTPayload): Identity | undefined {
  const companyId = parseCompanyId(claims['company_id']);
  if (claims['company_id'] != null && !companyId) return undefined;
  const scope = typeof claims['scope'] === 'string' ? claims['scope'] : '';
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    subject: claims.sub ?? '',
    companyId,
    scopes: scope.split(/\s+/).filter(isScope),
    name: text(claims['name']),
    email: text(claims['email']),
  };
}
