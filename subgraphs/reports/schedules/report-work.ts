import { sql, type Transaction, timestamp } from '#platform/database';

/** Makes sure that the company is looked at when something falls due, epoch milliseconds; an earlier moment stands. */
export async function noteDue(transaction: Transaction, dueAt: number): Promise<void> {
  await transaction.execute(
    'report_work.note',
    sql`INSERT INTO report_work (company_id, due_at) VALUES (${transaction.companyId}, ${timestamp(dueAt)})
      ON CONFLICT (company_id) DO UPDATE SET due_at = least(report_work.due_at, excluded.due_at)`,
  );
}

/** Holds the company's row, which is there from now on: what falls due meanwhile is noted behind `setDue`. */
export async function lockDue(transaction: Transaction, now: number): Promise<void> {
  await noteDue(transaction, now);
}

/** Says when something is next due, after everything up to now was done. */
export async function setDue(transaction: Transaction, dueAt: number): Promise<void> {
  await transaction.execute(
    'report_work.set',
    sql`UPDATE report_work SET due_at = ${timestamp(dueAt)} WHERE company_id = ${transaction.companyId}`,
  );
}
