import { sql, type Transaction, timestamp } from '#platform/database';

/** Name of the work list. */
export const WEBHOOK_WORK = 'webhook_work';

/**
 * Enters the transaction's company into the work list, at the earliest of all times that it was entered with. Its row stays
 * locked until the commit: whoever takes the company from the list waits, and sees what this transaction has done.
 * @param at epoch milliseconds
 */
export async function enterWork(transaction: Transaction, at: number): Promise<void> {
  await transaction.execute(
    'webhook_work.enter',
    sql`INSERT INTO webhook_work AS known (company_id, due_at) VALUES (${transaction.companyId}, ${timestamp(at)})
      ON CONFLICT (company_id) DO UPDATE SET due_at = least(known.due_at, excluded.due_at)`,
  );
}

/** Takes the transaction's company from the work list, if it is due. Whether it was. */
export async function takeWork(transaction: Transaction, now: number): Promise<boolean> {
  const taken = await transaction.execute(
    'webhook_work.take',
    sql`DELETE FROM webhook_work WHERE company_id = ${transaction.companyId} AND due_at <= ${timestamp(now)}`,
  );
  return taken === 1;
}

/** Enters the company where it has webhooks. */
export async function enterWorkOfWebhooks(transaction: Transaction, at: number): Promise<void> {
  const [webhook] = await transaction.query(
    'webhooks.any',
    sql`SELECT 1 AS one FROM webhooks WHERE company_id = ${transaction.companyId} LIMIT 1`,
  );
  if (webhook) await enterWork(transaction, at);
}
