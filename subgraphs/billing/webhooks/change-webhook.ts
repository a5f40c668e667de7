import { sql, type Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { readChangeCursor } from '../changes/change-cursor.ts';
import { lastSequence } from '../changes/list-changes.ts';
import type { Refusal } from '../money/read-amount.ts';
import { lockWebhook, type WebhookRow } from './webhook.row.ts';
import { enterWork } from './webhook-work.ts';

/** Deletes a webhook with the log of its deliveries; what is under way is not sent any further. */
export async function deleteWebhook(transaction: Transaction, id: string): Promise<Refusal[]> {
  const { companyId } = transaction;
  if (!(await lockWebhook(transaction, id))) return [noSuchWebhook(id)];
  await transaction.execute(
    'webhooks.delete',
    sql`DELETE FROM webhooks WHERE company_id = ${companyId} AND id = ${id}`,
  );
  await transaction.execute(
    'webhook_deliveries.delete',
    sql`DELETE FROM webhook_deliveries WHERE company_id = ${companyId} AND webhook_id = ${id}`,
  );
  return [];
}

/**
 * Puts a webhook back (or forward) to a place of the changes, and has everything after it sent at once, whatever it was waiting
 * for. Without a cursor it begins with the first change.
 */
export async function replayWebhook(
  transaction: Transaction,
  { id, after }: { id: string; after: string | null | undefined },
  now: number,
): Promise<{ webhook: WebhookRow | null; refusals: Refusal[] }> {
  if (!(await lockWebhook(transaction, id))) return { webhook: null, refusals: [noSuchWebhook(id)] };
  const start = after == null ? 0 : await placeOf(transaction, after);
  if (typeof start !== 'number') return { webhook: null, refusals: [start] };
  await transaction.execute(
    'webhooks.replay',
    sql`UPDATE webhooks SET delivered_sequence = ${start}, failures = 0, next_attempt_at = NULL, run_id = NULL, run_until = NULL
      WHERE company_id = ${transaction.companyId} AND id = ${id}`,
  );
  await enterWork(transaction, now);
  return { webhook: (await lockWebhook(transaction, id)) ?? null, refusals: [] };
}

async function placeOf(transaction: Transaction, after: string): Promise<number | Refusal> {
  try {
    return readChangeCursor(after, transaction.companyId, await lastSequence(transaction));
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'BAD_USER_INPUT') throw error;
    return { field: ['after'], code: 'INVALID_CURSOR', message: error.message };
  }
}

function noSuchWebhook(id: string): Refusal {
  const message = `there is no webhook ${JSON.stringify(id.slice(0, 40))}; take an id from the list of webhooks.`;
  return { field: ['id'], code: 'WEBHOOK_NOT_FOUND', message };
}
