import { sql, type Transaction, timestamp } from '#platform/database';
import { REPORT_SERVICES } from '../reports/report-fields.ts';
import { subjectName } from '../reports/report-order.ts';
import { nextDayAfter } from './schedule-calendar.ts';

/** Gives a company the schedules that every company has: a monthly summary of each service. One that was stopped stays so. */
export async function ensureSystemSchedules(transaction: Transaction, timeZone: string, now: number): Promise<void> {
  const names = REPORT_SERVICES.map((service) => subjectName({ service, type: 'SUMMARY', locale: 'EN' }));
  await transaction.execute(
    'schedules.ensure_system',
    sql`INSERT INTO schedules (company_id, id, name, service, type, frequency, format, locale, origin, created_at, next_day, stopped)
      SELECT ${transaction.companyId}::bigint, 'system-' || lower(service), name, service, 'SUMMARY', 'MONTHLY', 'XLSX', 'EN', 'SYSTEM',
        ${timestamp(now)}::timestamptz, ${nextDayAfter('MONTHLY', now, timeZone)}, false
      FROM unnest(${REPORT_SERVICES}::text[], ${names}::text[]) AS every (service, name)
      ON CONFLICT (company_id, id) DO NOTHING`,
  );
}
