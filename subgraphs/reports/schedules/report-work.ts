import { type CompanyId, sql, type Transaction, timestamp } from '#platform/database';

/** Makes sure that the company is looked at when something falls due, epoch milliseconds; an earlier moment stands. */
export async function noteDue(transaction: Transaction, dueAt: number): Promise<void> {
  await transaction.execute(
    'report_work.note',
    sql`INSERT INTO report_work (company_id, due_at) VALUES (${transaction.companyId}, ${timestamp(dueAt)})
      ON CONFLICT (company_id) DO UPDATE SET due_at = least(report_work.due_at, excluded.due_at)`,
  );
}

/** Holds the company's row, so that what falls due meanwhile is noted behind `setDue`. */
export async function lockDue(transaction: Transaction): Promise<void> {
  await transaction.query(
    'report_work.lock',
    sql`SELECT FROM report_work WHERE company_id = ${transaction.companyId} FOR UPDATE`,
  );
}

/** Says when something is next due, after everything up to now was done. */
export async function setDue(transaction: Transaction, dueAt: number): Promise<void> {
  await transaction.execute(
    'report_work.set',
    sql`UPDATE report_work SET due_at = ${timestamp(dueAt)} WHERE company_id = ${transaction.companyId}`,
  );
}

/**
 * Companies for which something is due, the longest overdue first; registered companies that are not in the list yet come into
 * it as due now. `transaction` is of no company.
 */
export async function dueCompanies(transaction: Transaction, now: number): Promise<CompanyId[]> {
  await transaction.execute(
    'report_work.enrol',
    sql`INSERT INTO report_work (company_id, due_at)
      SELECT company_id, ${timestamp(now)} FROM billing.companies
      WHERE NOT EXISTS (SELECT FROM report_work WHERE report_work.company_id = companies.company_id)
      ON CONFLICT DO NOTHING`,
  );
  const rows = await transaction.query<{ company_id: CompanyId }>(
    'report_work.due',
    sql`SELECT company_id FROM report_work WHERE due_at <= ${timestamp(now)} ORDER BY due_at, company_id LIMIT 1000`,
  );
  return rows.map(({ company_id }) => company_id);
}
