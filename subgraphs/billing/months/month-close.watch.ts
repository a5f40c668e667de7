import { readCompany } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import { sql, type Transaction, timestamp } from '#platform/database';
import type { JobQueue, JobWatch } from '#platform/jobs';
import { closesAt, type Month, monthAt, monthBefore } from './billed-month.ts';
import { enqueueClosing } from './close-month.job.ts';
import { begunMonths } from './month-close.row.ts';

/** How many ended months are looked at: those that ended while no worker ran are closed then. */
const MONTHS_BACK = 3;

/** Begins to close months, each company's in its own zone, CLOSE_DELAY_HOURS after their end. */
export const MONTH_CLOSE_WATCH: JobWatch = {
  workList: 'month_close_work',
  async enqueueDue(transaction: Transaction, queue: JobQueue, now: number, config: SubgraphSettings) {
    const { timeZone } = await readCompany(transaction);
    const months = await dueMonths(transaction, timeZone, now, config);
    const begun = await begunMonths(
      transaction,
      months.map(({ start }) => start),
    );
    for (const { start } of months) if (!begun.has(start)) await enqueueClosing(transaction, queue, start);
    await scheduleClosing(transaction, timeZone, now, config);
  },
};

/** Enters when the company's next month is to be closed; anew after every change of its zone. */
export async function scheduleClosing(
  transaction: Transaction,
  timeZone: string,
  now: number,
  { CLOSE_DELAY_HOURS }: Pick<SubgraphSettings, 'CLOSE_DELAY_HOURS'>,
): Promise<void> {
  const current = monthAt(now, timeZone);
  const candidates = [monthBefore(current, timeZone), current].map((month) => closesAt(month, CLOSE_DELAY_HOURS));
  const dueAt = timestamp(Math.min(...candidates.filter((at) => at > now)));
  await transaction.execute(
    'month_close_work.schedule',
    sql`INSERT INTO month_close_work (company_id, due_at) VALUES (${transaction.companyId}, ${dueAt})
      ON CONFLICT (company_id) DO UPDATE SET due_at = excluded.due_at`,
  );
}

/** Months that are to be closed by now, oldest first: none that ended before the company was registered. */
async function dueMonths(
  transaction: Transaction,
  timeZone: string,
  now: number,
  { CLOSE_DELAY_HOURS }: Pick<SubgraphSettings, 'CLOSE_DELAY_HOURS'>,
): Promise<Month[]> {
  const [company] = await transaction.query<{ registered_at: number }>(
    'companies.registered_at',
    sql`SELECT registered_at FROM billing.companies WHERE company_id = ${transaction.companyId}`,
  );
  const months: Month[] = [];
  let month = monthAt(now, timeZone);
  for (let count = 0; count < MONTHS_BACK; count++) {
    month = monthBefore(month, timeZone);
    if (month.to > (company?.registered_at ?? now) && closesAt(month, CLOSE_DELAY_HOURS) <= now) months.unshift(month);
  }
  return months;
}
