import { sql, type Transaction } from '#platform/database';

/** What invoices say of a company. All of it is needed before one can be made (TOP-07). */
export interface CompanyDetails {
  legalName: string | null;
  taxId: string | null;
  /** ISO 3166-1, two letters. */
  country: string | null;
  city: string | null;
  street: string | null;
  postalCode: string | null;
  bankName: string | null;
  bankAccount: string | null;
}

export type DetailField = keyof CompanyDetails;

/** In the order in which they are asked for. */
export const DETAIL_FIELDS: readonly DetailField[] = [
  'legalName',
  'taxId',
  'country',
  'city',
  'street',
  'postalCode',
  'bankName',
  'bankAccount',
];

const NO_DETAILS = Object.fromEntries(DETAIL_FIELDS.map((field) => [field, null])) as unknown as CompanyDetails;

/** The details of the transaction's company; all null before the first were given. */
export async function readDetails(transaction: Transaction): Promise<CompanyDetails> {
  const [row] = await transaction.query<CompanyDetails>(
    'company_details.read',
    sql`SELECT legal_name AS "legalName", tax_id AS "taxId", country, city, street, postal_code AS "postalCode",
        bank_name AS "bankName", bank_account AS "bankAccount"
      FROM company_details WHERE company_id = ${transaction.companyId}`,
  );
  return row ?? NO_DETAILS;
}

/** Which details are still to be given. */
export function missingDetails(details: CompanyDetails): DetailField[] {
  return DETAIL_FIELDS.filter((field) => details[field] === null);
}
