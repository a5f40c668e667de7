import { createHash } from 'node:crypto';
import { sql, type Transaction, timestamp } from '#platform/database';
import type { JobQueue } from '#platform/jobs';
import { GENERATE_REPORT } from './generate-report.job.ts';
import type { ReportFault, ReportOrder } from './report-fields.ts';

export interface OrderOptions {
  readonly jobs: JobQueue;
  readonly newId: () => string;
  readonly now: number;
}

/** What a client sent with a key, so that the same key with other input is told apart. */
export interface Idempotency {
  readonly key: string;
  readonly inputHash: string;
}

/** Which run of which schedule makes a report: the first local day after its period, YYYY-MM-DD. */
export interface ScheduleRun {
  readonly scheduleId: string;
  readonly day: string;
  readonly origin: 'SYSTEM' | 'USER';
}

/** Reports of one company that may wait or be made at the same time. */
export const MOST_WAITING = 100;

/** The hash of an input: JSON of the values in a fixed order of fields, as the client sent them. */
export function hashInput(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** What was made with a key, or undefined; a fault where it was made of another input. */
export async function findOrdered(
  transaction: Transaction,
  { key, inputHash }: Idempotency,
): Promise<{ id: string } | ReportFault | undefined> {
  const [known] = await transaction.query<{ id: string; input_hash: string }>(
    'reports.by_key',
    sql`SELECT id, input_hash FROM reports WHERE company_id = ${transaction.companyId} AND idempotency_key = ${key}`,
  );
  return known && sameInput(known, inputHash);
}

/** What was made with a key, if it was made of the same input. */
export function sameInput(known: { id: string; input_hash: string }, inputHash: string): { id: string } | ReportFault {
  if (known.input_hash === inputHash) return known;
  return {
    field: ['idempotencyKey'],
    code: 'IDEMPOTENCY_CONFLICT',
    message: 'this key came with another input before; take a new key.',
  };
}

/** Adds a report that a client asks for, and the job that makes it; the same key again gives the report that is there. */
export async function orderReport(
  transaction: Transaction,
  order: ReportOrder,
  idempotency: Idempotency,
  options: OrderOptions,
): Promise<{ id: string } | ReportFault | undefined> {
  if ((await countWaiting(transaction)) >= MOST_WAITING) {
    const message = `${MOST_WAITING} reports are being made already; wait until some are formed, or delete some.`;
    return { field: [], code: 'TOO_MANY', message };
  }
  const id = await addReport(transaction, order, { origin: 'USER', idempotency }, options);
  return id === undefined ? findOrdered(transaction, idempotency) : { id };
}

/** Adds the report of a run of a schedule and its job; undefined where this run has its report already. */
export function orderScheduledReport(
  transaction: Transaction,
  order: ReportOrder,
  run: ScheduleRun,
  options: OrderOptions,
): Promise<string | undefined> {
  return addReport(transaction, order, { origin: run.origin, run }, options);
}

async function addReport(
  transaction: Transaction,
  { name, service, type, format, locale, period }: ReportOrder,
  cause: { origin: 'SYSTEM' | 'USER'; idempotency?: Idempotency; run?: ScheduleRun },
  { jobs, newId, now }: OrderOptions,
): Promise<string | undefined> {
  const [id, jobId] = [newId(), newId()];
  const { origin, idempotency, run } = cause;
  const added = await transaction.execute(
    'reports.insert',
    sql`INSERT INTO reports (company_id, id, name, service, type, format, locale, origin, period_from, period_to, time_zone,
        idempotency_key, input_hash, schedule_id, schedule_day, added_at, status, attempt, job_id, progress)
      VALUES (${transaction.companyId}, ${id}, ${name}, ${service}, ${type}, ${format}, ${locale}, ${origin},
        ${timestamp(period.from)}, ${timestamp(period.to)}, ${period.timeZone}, ${idempotency?.key ?? null},
        ${idempotency?.inputHash ?? null}, ${run?.scheduleId ?? null}, ${run?.day ?? null}, ${timestamp(now)},
        'GENERATING', 1, ${jobId}, 0)
      ON CONFLICT DO NOTHING`,
  );
  if (added === 0) return undefined;
  await jobs.enqueue(transaction, GENERATE_REPORT, jobId, { reportId: id, attempt: 1 });
  return id;
}

async function countWaiting(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    'reports.count_waiting',
    sql`SELECT count(*)::int AS count FROM reports WHERE company_id = ${transaction.companyId} AND status = 'GENERATING'`,
  );
  return row?.count ?? 0;
}
