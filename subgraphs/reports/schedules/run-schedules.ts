import type { Company } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import { sql, type Transaction } from '#platform/database';
import { type OrderOptions, orderScheduledReport } from '../reports/order-report.ts';
import { periodName } from '../reports/report-order.ts';
import { lockSchedules } from './read-schedules.ts';
import { dayOfNextRun, dueAt, periodOfRun } from './schedule-calendar.ts';
import type { StoredSchedule } from './schedule-fields.ts';
import { ensureSystemSchedules } from './system-schedules.ts';

/**
 * Orders the reports of the schedules of a company that are due, also those of runs that were missed while no worker was there,
 * each once. Gives when the next run is due; undefined where there is no schedule.
 */
export async function runSchedules(
  transaction: Transaction,
  { timeZone }: Company,
  config: Pick<SubgraphSettings, 'REPORT_SYSTEM_SCHEDULES' | 'REPORT_DELAY_HOURS'>,
  options: OrderOptions,
): Promise<number | undefined> {
  const { now } = options;
  const withSystem = config.REPORT_SYSTEM_SCHEDULES === 'on';
  if (withSystem) await ensureSystemSchedules(transaction, timeZone, now);
  const next: number[] = [];
  for (const schedule of await lockSchedules(transaction)) {
    const { frequency } = schedule;
    let day = schedule.nextDay;
    for (; dueAt(day, timeZone, config.REPORT_DELAY_HOURS) <= now; day = dayOfNextRun(frequency, day, timeZone)) {
      // Schedules of the system that are switched off move on without a report, so that none is missing when they are on again.
      if (schedule.origin === 'SYSTEM' && !withSystem) continue;
      await orderRun(transaction, schedule, day, timeZone, options);
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
  options: OrderOptions,
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
