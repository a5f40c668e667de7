import { type Sql, sql, type Transaction } from '#platform/database';
import { REPORT_SERVICES } from '../reports/report-fields.ts';
import type { StoredSchedule } from './schedule-fields.ts';

/** Schedules that run. `clauses` begins with AND, and may order and lock. */
async function selectSchedules(transaction: Transaction, statement: string, clauses: Sql): Promise<StoredSchedule[]> {
  return transaction.query<StoredSchedule>(
    statement,
    sql`SELECT id, name, service, type, frequency, format, locale, origin, next_day AS "nextDay" FROM schedules
      WHERE company_id = ${transaction.companyId} AND NOT stopped${clauses}`,
  );
}

/** The company's schedules, those of the system first, each in the order in which they were made. */
export async function listSchedules(transaction: Transaction, withSystem: boolean): Promise<StoredSchedule[]> {
  const own = withSystem ? sql`` : sql` AND origin = 'USER'`;
  const schedules = await selectSchedules(transaction, 'schedules.list', sql`${own} ORDER BY created_at, id`);
  const rank = ({ origin, service }: StoredSchedule) =>
    origin === 'USER' || service === null ? REPORT_SERVICES.length : REPORT_SERVICES.indexOf(service);
  return schedules.sort((one, other) => rank(one) - rank(other));
}

export async function findSchedule(transaction: Transaction, id: string): Promise<StoredSchedule | undefined> {
  const [schedule] = await selectSchedules(transaction, 'schedules.find', sql` AND id = ${id}`);
  return schedule;
}

/** All of them, and nobody else changes them before the transaction ends. */
export function lockSchedules(transaction: Transaction): Promise<StoredSchedule[]> {
  return selectSchedules(transaction, 'schedules.lock', sql` ORDER BY id FOR UPDATE`);
}
