import type { PgBoss } from 'pg-boss';
import type { CompanyId, Transaction } from '#platform/database';
import type { Job } from './job.ts';

/** A job as it waits in the queue. */
export interface QueuedJob {
  companyId: CompanyId;
  payload: object;
}

/** Puts jobs of one subgraph into its queue and takes them back, as a part of the caller's own transaction. */
export class JobQueue {
  constructor(private readonly boss: PgBoss) {}

  /** The job is there if and only if the transaction commits. `id` is a UUID that no other job has. */
  async enqueue<Payload extends object>(
    transaction: Transaction,
    job: Job<Payload>,
    id: string,
    payload: Payload,
  ): Promise<void> {
    const { companyId } = transaction;
    const queued: QueuedJob = { companyId, payload };
    const db = within(transaction, `jobs.enqueue ${job.name}`);
    const made = await this.boss.send(job.name, queued, { id, group: { id: companyId }, db });
    if (made !== id) throw new Error(`a job of ${job.name} has this id already: ${id}`);
  }

  /** Takes a job back. One that runs already is not stopped by this: it finds out where it looks. */
  async cancel(transaction: Transaction, job: Pick<Job, 'name'>, id: string): Promise<void> {
    await this.boss.cancel(job.name, id, { db: within(transaction, `jobs.cancel ${job.name}`) });
  }
}

/** The transaction as pg-boss takes a database. */
function within(transaction: Transaction, name: string) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => ({
      rows: await transaction.foreign(name, { text, values }),
    }),
  };
}
