import { type CompanyId, sql, type Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';

/** One company as the register knows it. */
export interface Company {
  readonly id: CompanyId;
  readonly name: string;
  /** IANA name; days of this company are days in this zone. */
  readonly timeZone: string;
  /** ISO 4217 code; never changes. */
  readonly currency: string;
  /** Advances with every change of name or zone. */
  readonly version: number;
}

interface CompanyRow {
  name: string;
  time_zone: string;
  currency: string;
  version: string;
}

/** Reads the transaction's company from the register that billing keeps. Throws UNKNOWN_COMPANY with the remedy. */
export async function readCompany(transaction: Transaction): Promise<Company> {
  const id = transaction.companyId;
  const [row] = await transaction.query<CompanyRow>(
    'companies.read',
    sql`SELECT name, time_zone, currency, version FROM billing.companies WHERE company_id = ${id}`,
  );
  if (!row) throw unknownCompany(id);
  return { id, name: row.name, timeZone: row.time_zone, currency: row.currency, version: Number(row.version) };
}

/** The refusal of everything that concerns a company nobody has registered. */
export function unknownCompany(id: CompanyId): ServiceError {
  return new ServiceError(
    'UNKNOWN_COMPANY',
    `company ${id} is not registered; register it with: npm run company -- --id ${id} --name NAME --time-zone ZONE --currency CODE ` +
      '(or with the mutation registerCompany).',
  );
}
