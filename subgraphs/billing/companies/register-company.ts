import { type Company, readCompany } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import { type CompanyId, type Database, parseCompanyId, sql, type Transaction, timestamp } from '#platform/database';
import { scheduleClosing } from '../months/month-close.watch.ts';
import { recordStaffAct } from '../staff/staff-act.row.ts';
import type { StaffMember } from '../staff/staff-member.ts';

export interface CompanyRegistration {
  id: string;
  name: string;
  /** IANA name, checked. */
  timeZone: string;
  /** ISO 4217 code, checked. */
  currency: string;
}

/** Why a registration is refused; nothing was written. */
export interface RegistrationFault {
  field: keyof CompanyRegistration;
  code: 'INVALID_ID' | 'INVALID_NAME' | 'CURRENCY_IMMUTABLE';
  message: string;
}

export type RegistrationResult = { company: Company; faults: [] } | { company: null; faults: RegistrationFault[] };

const LONGEST_NAME = 200;

/**
 * Registers a company, or changes its name and time zone; the same registration again changes nothing. The currency of a
 * registered company stays for good, as amounts are kept without one.
 */
export async function registerCompany(
  database: Database,
  registration: CompanyRegistration,
  by: StaffMember,
  { config, now }: { config: SubgraphSettings; now: number },
): Promise<RegistrationResult> {
  const id = parseCompanyId(registration.id);
  const faults = [...(id ? [] : [invalidId(registration.id)]), ...nameFaults(registration.name)];
  if (!id || faults.length > 0) return { company: null, faults };
  return database.write(id, async (transaction) => {
    if (await writeCompany(transaction, registration, now)) {
      const act = { kind: 'COMPANY_REGISTERED', by, invoiceId: null, comment: null } as const;
      await recordStaffAct(transaction, act, now);
      await scheduleClosing(transaction, registration.timeZone, now, config);
    }
    const company = await readCompany(transaction);
    if (company.currency === registration.currency) return { company, faults: [] };
    return { company: null, faults: [currencyStays(id, company.currency)] };
  });
}

/** Adds the row, or changes name and zone where the currency is the same. Whether there was anything to write. */
async function writeCompany(transaction: Transaction, company: CompanyRegistration, now: number): Promise<boolean> {
  const written = await transaction.execute(
    'companies.register',
    sql`INSERT INTO companies AS known (company_id, name, time_zone, currency, registered_at)
      VALUES (${transaction.companyId}, ${company.name}, ${company.timeZone}, ${company.currency}, ${timestamp(now)})
      ON CONFLICT (company_id) DO UPDATE
      SET name = excluded.name, time_zone = excluded.time_zone, version = known.version + 1
      WHERE known.currency = excluded.currency AND (known.name, known.time_zone) <> (excluded.name, excluded.time_zone)`,
  );
  return written === 1;
}

function invalidId(id: string): RegistrationFault {
  const message = `${JSON.stringify(id.slice(0, 40))} is not a company number; give a whole number from 1 to 2^63-1.`;
  return { field: 'id', code: 'INVALID_ID', message };
}

function nameFaults(name: string): RegistrationFault[] {
  const length = Array.from(name).length;
  if (name.trim() !== '' && length <= LONGEST_NAME && name.isWellFormed() && !name.includes('\0')) return [];
  return [{ field: 'name', code: 'INVALID_NAME', message: `give a name of 1 to ${LONGEST_NAME} characters.` }];
}

function currencyStays(id: CompanyId, currency: string): RegistrationFault {
  const message = `company ${id} has the currency ${currency}, which never changes; register another company for another currency.`;
  return { field: 'currency', code: 'CURRENCY_IMMUTABLE', message };
}
