import { type CompanyId, parseCompanyId, type Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';
import type { RequestContext } from '#platform/graphql';
import type { Identity } from '#platform/identity';
import type { Refusal } from '../money/read-amount.ts';

/**
 * Writes for a company that the input names, as the token allows; commits where `accept` says so of the result. Undefined where
 * there is no company that this token may write for.
 */
export async function writeForCompany<T>(
  context: RequestContext,
  companyId: string,
  work: (transaction: Transaction) => Promise<T>,
  accept: (result: T) => boolean,
): Promise<{ companyId: CompanyId; result: T } | undefined> {
  const id = parseCompanyId(companyId);
  if (!id || !mayWriteFor(context.identity, id)) return undefined;
  try {
    return { companyId: id, result: await context.write(id, work, accept) };
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'UNKNOWN_COMPANY') return undefined;
    throw error;
  }
}

/** Finance staff and the payment system, whose tokens carry no company, write for all; a token with a company for that alone. */
function mayWriteFor(identity: Identity, companyId: string): boolean {
  if (identity.scopes.includes('staff:finance')) return true;
  return identity.companyId === undefined || identity.companyId === companyId;
}

/** The refusal of a company that does not exist, and of one that belongs to somebody else: both look the same. */
export function noCompanyToWriteFor(companyId: string): Refusal {
  const id = JSON.stringify(companyId.slice(0, 40));
  const message = `companyId: there is no company ${id} that this token may book for; give the number of a registered one.`;
  return { field: ['input', 'companyId'], code: 'COMPANY_NOT_FOUND', message };
}
