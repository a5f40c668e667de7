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

/** The hash of an input: JSON of the values in a fixed order of fields, as the client sent them. */
export function hashInput(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** The report that was made with a key, or undefined; a fault where it was made of another input. */
export async function findOrdered(
  transaction: Transaction,
  { key, inputHash }: Idempotency,
): Promise<{ id: string } | ReportFault | undefined> {
  const [known] = await transaction.query<{ id: string; input_hash: string }>(
    'reports.by_key',
    sql`SELECT id, input_hash FROM reports WHERE company_id = ${transaction.companyId} AND idempotency_key = ${key}`,
  );
  if (!known || known.input_hash === inputHash) return known;
  return {
    field: ['idempotencyKey'],
    code: 'IDEMPOTENCY_CONFLICT',
    message: 'this key came with another input before; take a new key for a new report.',
  };
}

/** Adds a report and the job that makes it; the same key again gives the report that is there. */
export async function orderReport(
  transaction: Transaction,
  order: ReportOrder,
  idempotency: Idempotency,
  { jobs, newId, now }: OrderOptions,
): Promise<{ id: string } | ReportFault | undefined> {
  const [id, jobId] = [newId(), newId()];
  const added = await transaction.execute(
    'reports.insert',
    sql`INSERT INTO reports (company_id, id, name, service, type, format, locale, origin, period_from, period_to, time_zone,
        idempotency_key, input_hash, added_at, status, attempt, job_id, progress)
      VALUES (${transaction.companyId}, ${id}, ${order.name}, ${order.service}, ${order.type}, ${order.format},
        ${order.locale}, 'USER', ${timestamp(order.period.from)}, ${timestamp(order.period.to)}, ${order.period.timeZone},
        ${idempotency.key}, ${idempotency.inputHash}, ${timestamp(now)}, 'GENERATING', 1, ${jobId}, 0)
      ON CONFLICT (company_id, idempotency_key) DO NOTHING`,
  );
  if (added === 0) return findOrdered(transaction, idempotency);
  await jobs.enqueue(transaction, GENERATE_REPORT, jobId, { reportId: id, attempt: 1 });
  return { id };
}
