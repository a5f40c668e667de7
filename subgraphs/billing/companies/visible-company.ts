import { type CompanyId, parseCompanyId } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { type Identity, requireCompany, requireScope } from '#platform/identity';

/** The refusal of a company that does not exist, and of one that belongs to somebody else: both look the same. */
export function noSuchCompany(id: string, field: string): ServiceError {
  return new ServiceError(
    'NOT_FOUND',
    `there is no company ${JSON.stringify(id.slice(0, 40))} that this token may see.`,
    { field: [field] },
  );
}

/** The company whose billing a request may read: the token's own, or for finance staff any that is named. */
export function visibleCompany(identity: Identity, companyId: string | null | undefined): CompanyId {
  if (companyId == null) return requireCompany(identity);
  const id = parseCompanyId(companyId);
  if (id && (id === identity.companyId || identity.scopes.includes('staff:finance'))) return id;
  throw noSuchCompany(companyId, 'companyId');
}

/** Throws FORBIDDEN where somebody else's money is asked after by others than finance staff. */
export function requireMoneyOf(identity: Identity, companyId: CompanyId): void {
  if (companyId !== identity.companyId) requireScope(identity, 'staff:finance');
}
