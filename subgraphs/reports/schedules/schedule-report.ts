import { sql, type Transaction, timestamp } from '#platform/database';
import { type Idempotency, sameInput } from '../reports/order-report.ts';
import type { ReportFault } from '../reports/report-fields.ts';
import { subjectName } from '../reports/report-order.ts';
import { noteDue } from './report-work.ts';
import { dueAt, nextDayAfter } from './schedule-calendar.ts';
import type { ScheduleOrder } from './schedule-fields.ts';

/** Schedules that one company may have made. */
export const MOST_SCHEDULES = 100;

export interface ScheduleOptions {
  readonly newId: () => string;
  readonly now: number;
  /** Of the company. */
  readonly timeZone: string;
  readonly delayHours: number;
}

/** Adds a schedule whose first period is the one running now; the same key again gives the schedule that is there. */
export async function scheduleReport(
  transaction: Transaction,
  order: ScheduleOrder,
  idempotency: Idempotency,
  { newId, now, timeZone, delayHours }: ScheduleOptions,
): Promise<{ id: string } | ReportFault> {
  const { companyId } = transaction;
  const known = await findScheduled(transaction, idempotency);
  if (known) return known;
  if ((await countOwn(transaction)) >= MOST_SCHEDULES) {
    const message = `there are ${MOST_SCHEDULES} schedules already; stop one that is not needed.`;
    return { field: [], code: 'TOO_MANY', message };
  }
  const [id, nextDay] = [newId(), nextDayAfter(order.frequency, now, timeZone)];
  const { service, type, frequency, format, locale } = order;
  const added = await transaction.execute(
    'schedules.insert',
    sql`INSERT INTO schedules (company_id, id, name, service, type, frequency, format, locale, origin, idempotency_key,
        input_hash, created_at, next_day, stopped)
      VALUES (${companyId}, ${id}, ${order.name ?? subjectName(order)}, ${service}, ${type}, ${frequency}, ${format},
        ${locale}, 'USER', ${idempotency.key}, ${idempotency.inputHash}, ${timestamp(now)}, ${nextDay}, false)
      ON CONFLICT (company_id, idempotency_key) DO NOTHING`,
  );
  // Somebody else was faster with the same key, and has committed.
  if (added === 0) return (await findScheduled(transaction, idempotency)) ?? { id };
  await noteDue(transaction, dueAt(nextDay, timeZone, delayHours));
  return { id };
}

/** Stops a schedule; its reports stay. One of the system is remembered as stopped, so that it is not made anew. */
export async function unscheduleReport(transaction: Transaction, id: string): Promise<{ id: string } | ReportFault> {
  const { companyId } = transaction;
  const own = sql`company_id = ${companyId} AND id = ${id}`;
  const removed = await transaction.execute(
    'schedules.delete',
    sql`DELETE FROM schedules WHERE ${own} AND origin = 'USER'`,
  );
  const stopped = await transaction.execute(
    'schedules.stop',
    sql`UPDATE schedules SET stopped = true WHERE ${own} AND NOT stopped`,
  );
  if (removed + stopped > 0) return { id };
  const message = `there is no schedule ${JSON.stringify(id.slice(0, 40))}; take an id from reportSchedules.`;
  return { field: ['id'], code: 'NOT_FOUND', message };
}

async function findScheduled(
  transaction: Transaction,
  { key, inputHash }: Idempotency,
): Promise<{ id: string } | ReportFault | undefined> {
  const [known] = await transaction.query<{ id: string; input_hash: string }>(
    'schedules.by_key',
    sql`SELECT id, input_hash FROM schedules WHERE company_id = ${transaction.companyId} AND idempotency_key = ${key}`,
  );
  return known && sameInput(known, inputHash);
}

async function countOwn(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    'schedules.count',
    sql`SELECT count(*)::int AS count FROM schedules WHERE company_id = ${transaction.companyId} AND origin = 'USER'`,
  );
  return row?.count ?? 0;
}
