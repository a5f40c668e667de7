import { type Company, readCompany } from '#platform/companies';
import { sql, type Transaction } from '#platform/database';
import type { JobContext } from '#platform/jobs';
import { expireReports, nextExpiry } from '../reports/expire-reports.ts';
import { orderScheduledReport } from '../reports/order-report.ts';
import { periodName } from '../reports/report-order.ts';
import { lockSchedules } from './read-schedules.ts';
import { lockDue, setDue } from './report-work.ts';
import { dayOfNextRun, dueAt, periodOfRun } from './schedule-calendar.ts';
import type { StoredSchedule } from './schedule-fields.ts';
import { ensureSystemSchedules } from './system-schedules.ts';

/** How far ahead a company is looked at again where nothing is known to fall due. */
const IDLE_MS = 7 * 86_400_000;

/**
 * Does for a company what has fallen due: orders the reports of its schedules, also those of runs that were missed while no
 * worker was there, each once; and removes files whose keeping time has ended. All of it commits together.
 */
export async function runDueWork(context: JobContext): Promise<void> {
  const { database, companyId, files } = context;
  const now = context.clock.now();
  const removed = await database.write(companyId, async (transaction) => {
    await lockDue(transaction);
    const company = await readCompany(transaction);
    const nextRun = await runSchedules(transaction, company, now, context);
    const expired = await expireReports(transaction, now);
    const moments = [nextRun, await nextExpiry(transaction), now + IDLE_MS].filter((at) => at !== undefined);
    await setDue(transaction, Math.min(...moments));
    return expired;
  });
  for (const id of removed) await files.store.remove(id);
}

/** Gives when the next run is due; undefined where there is no schedule. */
async function runSchedules(
  transaction: Transaction,
  { timeZone }: Company,
  now: number,
  { config, jobs, newId }: JobContext,
): Promise<number | undefined> {
  const withSystem = config.REPORT_SYSTEM_SCHEDULES === 'on';
  if (withSystem) await ensureSystemSchedules(transaction, timeZone, now);
  const next: number[] = [];
  for (const schedule of await lockSchedules(transaction)) {
    const { frequency } = schedule;
    let day = schedule.nextDay;
    for (; dueAt(day, timeZone, config.REPORT_DELAY_HOURS) <= now; day = dayOfNextRun(frequency, day, timeZone)) {
      // Schedules of the system that are switched off move on without a report, so that none is missing when they are on again.
      if (schedule.origin === 'SYSTEM' && !withSystem) continue;
      await orderRun(transaction, schedule, day, timeZone, { jobs, newId, now });
    }
    if (day !== schedule.nextDay) await moveOn(transaction, schedule.id, day);
    next.push(dueAt(day, timeZone, config.REPORT_DELAY_HOURS));
  }
  return next.length === 0 ? undefined : Math.min(...next);
}

async function orderRun(
  transaction: Transaction,
  schedule: StoredSchedule,
  day: string,
  timeZone: string,
  options: Parameters<typeof orderScheduledReport>[3],
): Promise<void> {
  const { service, type, format, locale, frequency, origin, id: scheduleId } = schedule;
  const period = periodOfRun(frequency, day, timeZone);
  const name = `${schedule.name} ${periodName(period, locale)}`;
  const order = { name, service, type, format, locale, period };
  await orderScheduledReport(transaction, order, { scheduleId, day, origin }, options);
}

async function moveOn(transaction: Transaction, id: string, day: string): Promise<void> {
  await transaction.execute(
    'schedules.move_on',
    sql`UPDATE schedules SET next_day = ${day} WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
}
