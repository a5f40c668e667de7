import { type CompanyId, parseCompanyId } from '#platform/database';
import { ServiceError } from '#platform/errors';
import type { Identity } from '#platform/identity';

/**
 * The company of an id, where the caller may see that it is there: the token's own, or any for staff. What belongs to somebody
 * else looks like what does not exist.
 */
export function requireVisibleCompany({ companyId, scopes }: Identity, id: string): CompanyId {
  const number = parseCompanyId(id);
  if (number && (number === companyId || scopes.some((scope) => scope.startsWith('staff:')))) return number;
  throw new ServiceError(
    'NOT_FOUND',
    `there is no company ${JSON.stringify(id.slice(0, 40))} that this token may see.`,
    { field: ['id'] },
  );
}
