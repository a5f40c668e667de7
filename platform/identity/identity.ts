import type { CompanyId } from '#platform/database';
import { ServiceError } from '#platform/errors';
import type { Scope } from './scope.ts';

/** Who asks, as the verified token says. */
export interface Identity {
  readonly subject: string;
  /** Missing for staff and payment systems that belong to no company. */
  readonly companyId?: CompanyId;
  readonly scopes: readonly Scope[];
  /** Of staff, for the audit list. */
  readonly name?: string;
  readonly email?: string;
}

/** Throws FORBIDDEN, naming what is missing, where the token carries none of these scopes. */
export function requireScope(identity: Identity, ...anyOf: [Scope, ...Scope[]]): void {
  if (anyOf.some((scope) => identity.scopes.includes(scope))) return;
  throw new ServiceError('FORBIDDEN', `this needs a token with the scope ${anyOf.join(' or ')}.`);
}

/** The company of the token. Throws FORBIDDEN where the token names none. */
export function requireCompany(identity: Identity): CompanyId {
  if (identity.companyId) return identity.companyId;
  throw new ServiceError('FORBIDDEN', 'this token names no company; use a token with a company_id.');
}
