import { type CompanyId, type Sql, sql, type Transaction } from '#platform/database';
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
  company_id: CompanyId;
  name: string;
  time_zone: string;
  currency: string;
  version: string;
}

const COLUMNS: Sql = sql`company_id, name, time_zone, currency, version`;

/** Reads the transaction's company from the register that billing keeps. Throws UNKNOWN_COMPANY with the remedy. */
export async function readCompany(transaction: Transaction): Promise<Company> {
  const id = transaction.companyId;
  const [row] = await transaction.query<CompanyRow>(
    'companies.read',
    sql`SELECT ${COLUMNS} FROM billing.companies WHERE company_id = ${id}`,
  );
  if (!row) throw unknownCompany(id);
  return toCompany(row);
}

/** Companies of some numbers, in any order; those that are not registered are missing. The register is open to every transaction. */
export async function findCompanies(transaction: Transaction, ids: readonly CompanyId[]): Promise<Company[]> {
  const rows = await transaction.query<CompanyRow>(
    'companies.by_id',
    sql`SELECT ${COLUMNS} FROM billing.companies WHERE company_id = ANY(${ids}::bigint[])`,
  );
  return rows.map(toCompany);
}

/** The next companies after a number, by number. */
export async function nextCompanies(transaction: Transaction, after: string, count: number): Promise<Company[]> {
  const rows = await transaction.query<CompanyRow>(
    'companies.next',
    sql`SELECT ${COLUMNS} FROM billing.companies WHERE company_id > ${after} ORDER BY company_id LIMIT ${count}`,
  );
  return rows.map(toCompany);
}

function toCompany({ company_id: id, name, time_zone: timeZone, currency, version }: CompanyRow): Company {
  return { id, name, timeZone, currency, version: Number(version) };
}

/** The refusal of everything that concerns a company nobody has registered. */
export function unknownCompany(id: CompanyId): ServiceError {
  return new ServiceError(
    'UNKNOWN_COMPANY',
    `company ${id} is not registered; register it with: npm run company -- --id ${id} --name NAME --time-zone ZONE --currency CODE ` +
      '(or with the mutation registerCompany).',
  );
}
