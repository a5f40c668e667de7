import { randomUUID } from 'node:crypto';
import { sql, type Transaction, timestamp } from '#platform/database';
import type { Job, JobQueue, JobWatch } from '#platform/jobs';
import { lastSequence } from '../changes/list-changes.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { lockWebhooks, type WebhookRow } from './webhook.row.ts';
import type { WebhookRun } from './webhook-run.ts';
import { enterWork, takeWork, WEBHOOK_WORK } from './webhook-work.ts';

const LEASE_SECONDS = 3600;

export const DELIVER_WEBHOOK: Job<WebhookRun> = {
  name: 'deliver-webhook',
  // For what fails on this side; what fails on the receiver's is no failure of the job.
  retryLimit: 8,
  retryDelaySeconds: 5,
  leaseSeconds: LEASE_SECONDS,
  concurrency: 8,
  run: deliverWebhook,
  // Its turn ends with its lease, and the work list has the company for that moment.
  giveUp: async () => undefined,
};

/** Finds the webhooks that have something to be told of. */
export const WEBHOOK_WATCH: JobWatch = {
  workList: WEBHOOK_WORK,
  async enqueueDue(transaction, queue, now) {
    const webhooks = await lockWebhooks(transaction);
    if (!(await takeWork(transaction, now))) return;
    const last = await lastSequence(transaction);
    for (const webhook of webhooks.filter((one) => Number(one.delivered_sequence) < last)) {
      const busyUntil = Math.max(webhook.next_attempt_at ?? 0, webhook.run_until ?? 0);
      if (busyUntil <= now) await startRun(transaction, queue, webhook, now);
      else await enterWork(transaction, busyUntil);
    }
  },
};

async function startRun(transaction: Transaction, queue: JobQueue, { id }: WebhookRow, now: number): Promise<void> {
  const runId = randomUUID();
  const until = now + 1000 * LEASE_SECONDS;
  await transaction.execute(
    'webhooks.start_run',
    sql`UPDATE webhooks SET run_id = ${runId}, run_until = ${timestamp(until)}
      WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  await queue.enqueue(transaction, DELIVER_WEBHOOK, runId, { webhookId: id, runId });
  await enterWork(transaction, until);
}
