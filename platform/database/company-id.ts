/** Number of a company, as decimal digits: it is a bigint in the database and an ID in GraphQL. */
export type CompanyId = string;

const LARGEST = 2n ** 63n - 1n;

/**
 * The company number in its only spelling (1 to 2^63-1, no leading zeros), or undefined where it is none. A number above
 * 2^53-1 is none: it may have been another one before JSON rounded it.
 */
export function parseCompanyId(value: unknown): CompanyId | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^[1-9][0-9]{0,18}$/.test(text) || BigInt(text) > LARGEST) return undefined;
  return text;
}
