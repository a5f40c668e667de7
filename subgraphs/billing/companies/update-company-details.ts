import { readCompany } from '#platform/companies';
import { sql, type Transaction } from '#platform/database';
import type { JobQueue } from '#platform/jobs';
import { enqueueClosing } from '../months/close-month.job.ts';
import { blockedMonths } from '../months/month-close.row.ts';
import {
  type CompanyDetails,
  DETAIL_FIELDS,
  type DetailField,
  missingDetails,
  readDetails,
} from './company-details.ts';
import { parseCountry } from './country.ts';

/** Why details are refused; nothing was written. */
export interface DetailFault {
  field: DetailField;
  code: 'INVALID_TEXT' | 'INVALID_COUNTRY';
  message: string;
}

const LONGEST_TEXT = 200;

/**
 * Changes a company's details. A field that is left out stays; null and blank text clear it. Invoices that are issued already
 * keep what they were issued with; months that have waited for details are closed once nothing is missing.
 */
export async function updateCompanyDetails(
  transaction: Transaction,
  changes: Readonly<Partial<CompanyDetails>>,
  jobs: JobQueue,
): Promise<DetailFault[]> {
  const given = DETAIL_FIELDS.filter((field) => changes[field] !== undefined);
  const cleaned = Object.fromEntries(given.map((field) => [field, changes[field]?.trim() || null]));
  const faults = given.flatMap((field) => faultsOf(field, cleaned[field] ?? null));
  if (faults.length > 0) return faults;
  const country = cleaned['country'] && parseCountry(cleaned['country']);
  await readCompany(transaction);
  const details = { ...(await readDetails(transaction)), ...cleaned, ...(country && { country }) };
  await writeDetails(transaction, details);
  if (missingDetails(details).length > 0) return [];
  for (const month of await blockedMonths(transaction)) await enqueueClosing(transaction, jobs, month);
  return [];
}

async function writeDetails(transaction: Transaction, details: CompanyDetails): Promise<void> {
  const { legalName, taxId, country, city, street, postalCode, bankName, bankAccount } = details;
  await transaction.execute(
    'company_details.write',
    sql`INSERT INTO company_details
        (company_id, legal_name, tax_id, country, city, street, postal_code, bank_name, bank_account)
      VALUES (${transaction.companyId}, ${legalName}, ${taxId}, ${country}, ${city}, ${street}, ${postalCode},
        ${bankName}, ${bankAccount})
      ON CONFLICT (company_id) DO UPDATE SET legal_name = excluded.legal_name, tax_id = excluded.tax_id,
        country = excluded.country, city = excluded.city, street = excluded.street, postal_code = excluded.postal_code,
        bank_name = excluded.bank_name, bank_account = excluded.bank_account`,
  );
}

function faultsOf(field: DetailField, text: string | null): DetailFault[] {
  if (text === null) return [];
  if (Array.from(text).length > LONGEST_TEXT || !text.isWellFormed() || /\p{Cc}/u.test(text)) {
    const message = `${field}: give a text of at most ${LONGEST_TEXT} characters in one line.`;
    return [{ field, code: 'INVALID_TEXT', message }];
  }
  if (field === 'country' && !parseCountry(text)) {
    const message = `country: ${JSON.stringify(text)} is not a country; give its ISO 3166-1 code, such as LV, or its English name.`;
    return [{ field, code: 'INVALID_COUNTRY', message }];
  }
  return [];
}
