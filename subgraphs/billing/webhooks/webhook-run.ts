import { sql, type Transaction, timestamp, timestampOrNull } from '#platform/database';
import { type ChangeRow, changesOfKindsAfter, lastSequence } from '../changes/list-changes.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Outcome } from './send-message.ts';
import { findWebhook, lockWebhook, type WebhookRow } from './webhook.row.ts';
import { enterWork } from './webhook-work.ts';

/** One job's turn at a webhook. Whoever was given a later one, a replay or a deletion ends it. */
export interface WebhookRun {
  readonly webhookId: string;
  readonly runId: string;
}

/** What a webhook has not been told of yet, as far as it is read at once. */
export interface Undelivered {
  webhook: WebhookRow;
  changes: ChangeRow[];
  /** Number of the company's last change, of whatever kind. */
  last: number;
}

/** Changes that are read at once. */
const CHANGES = 100;
/** How long the log is kept. */
const LOG_KEPT_MS = 30 * 86_400_000;

/** Reads what is to be delivered; undefined where the run has ended. */
export async function readUndelivered(
  transaction: Transaction,
  { webhookId, runId }: WebhookRun,
): Promise<Undelivered | undefined> {
  const webhook = await findWebhook(transaction, webhookId);
  if (webhook?.run_id !== runId) return undefined;
  const last = await lastSequence(transaction);
  const changes = await changesOfKindsAfter(transaction, webhook.kinds, Number(webhook.delivered_sequence), CHANGES);
  return { webhook, changes, last };
}

/**
 * Writes a try into the log, and moves the webhook on where it was received; where it was not the run ends, and the next one
 * begins when the wait is over. False where the run had ended before.
 */
export async function recordTry(
  transaction: Transaction,
  run: WebhookRun,
  { change, attempt, outcome }: { change: ChangeRow; attempt: number; outcome: Outcome },
  now: number,
): Promise<boolean> {
  const { companyId } = transaction;
  const nextAt = outcome.error === null ? null : now + retryDelayMs(attempt);
  const moved =
    nextAt === null
      ? sql`delivered_sequence = ${change.sequence}, failures = 0, next_attempt_at = NULL`
      : sql`failures = ${attempt}, next_attempt_at = ${timestamp(nextAt)}, run_id = NULL, run_until = NULL`;
  const [webhook] = await transaction.query<{ deliveries: string }>(
    'webhooks.record_try',
    sql`UPDATE webhooks SET ${moved}, deliveries = deliveries + 1
      WHERE company_id = ${companyId} AND id = ${run.webhookId} AND run_id = ${run.runId} RETURNING deliveries`,
  );
  if (!webhook) return false;
  const id = `${run.webhookId}-${webhook.deliveries.padStart(10, '0')}`;
  await transaction.execute(
    'webhook_deliveries.insert',
    sql`INSERT INTO webhook_deliveries (company_id, id, webhook_id, at, attempt, sequence, response_status, error,
        next_attempt_at)
      VALUES (${companyId}, ${id}, ${run.webhookId}, ${timestamp(now)}, ${attempt}, ${change.sequence}, ${outcome.status},
        ${outcome.error}, ${timestampOrNull(nextAt)})`,
  );
  if (nextAt === null) return true;
  await enterWork(transaction, nextAt);
  return false;
}

/**
 * Ends a run that has delivered everything up to `last`. False, and the run goes on, where a change was recorded since: whoever
 * recorded it has found the webhook at work. A change that commits after this is found by its entry in the work list.
 */
export async function endRun(transaction: Transaction, run: WebhookRun, last: number, now: number): Promise<boolean> {
  const webhook = await lockWebhook(transaction, run.webhookId);
  if (webhook?.run_id !== run.runId) return true;
  if ((await lastSequence(transaction)) > last) return false;
  await transaction.execute(
    'webhooks.end_run',
    sql`UPDATE webhooks SET delivered_sequence = ${last}, run_id = NULL, run_until = NULL
      WHERE company_id = ${transaction.companyId} AND id = ${run.webhookId}`,
  );
  await transaction.execute(
    'webhook_deliveries.forget',
    sql`DELETE FROM webhook_deliveries WHERE company_id = ${transaction.companyId} AND webhook_id = ${run.webhookId}
      AND at < ${timestamp(now - LOG_KEPT_MS)}`,
  );
  return true;
}

/** Ends a run that has more to deliver; another one takes it up. */
export async function handOver(transaction: Transaction, run: WebhookRun, now: number): Promise<void> {
  const given = await transaction.execute(
    'webhooks.hand_over',
    sql`UPDATE webhooks SET run_id = NULL, run_until = NULL
      WHERE company_id = ${transaction.companyId} AND id = ${run.webhookId} AND run_id = ${run.runId}`,
  );
  if (given === 1) await enterWork(transaction, now);
}
