import { sql, type Transaction, timestamp } from '#platform/database';
import { enterWorkOfWebhooks } from '../webhooks/webhook-work.ts';

/** What can happen to invoices and payments. */
export const CHANGE_KINDS = [
  'INVOICE_CREATED',
  'INVOICE_REVISED',
  'INVOICE_VOIDED',
  'DOCUMENTS_READY',
  'PAYMENT_RECORDED',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What happened, and to what. */
export interface NewChange {
  kind: ChangeKind;
  invoiceId?: string | null;
  revisionId?: string | null;
  /** Id of an entry of the ledger. */
  transactionId?: string | null;
}

/**
 * Records a change of the transaction's company under its next number, and enters the company into the work list of webhooks.
 * Called last in the transaction, after everything else is locked, the counter of invoice numbers included: the company's lock
 * is then held for no longer than a commit takes, and cannot be part of a deadlock, as nobody who holds the work list waits for
 * it. The lock makes the numbers follow the commits: whoever sees a change sees all before it, and a rollback gives its number
 * back.
 * @param at epoch milliseconds
 */
export async function recordChange(transaction: Transaction, change: NewChange, at: number): Promise<void> {
  const { companyId } = transaction;
  const { kind, invoiceId = null, revisionId = null, transactionId = null } = change;
  const [next] = await transaction.query<{ last_sequence: string; last_at: number }>(
    'change_lock.take',
    sql`INSERT INTO change_lock AS known (company_id, last_sequence, last_at) VALUES (${companyId}, 1, ${timestamp(at)})
      ON CONFLICT (company_id) DO UPDATE
        SET last_sequence = known.last_sequence + 1, last_at = greatest(known.last_at, excluded.last_at)
      RETURNING last_sequence, last_at`,
  );
  if (!next) throw new Error('the lock of changes gave no number');
  await transaction.execute(
    'changes.insert',
    sql`INSERT INTO changes (company_id, sequence, kind, at, invoice_id, revision_id, transaction_id)
      VALUES (${companyId}, ${next.last_sequence}, ${kind}, ${timestamp(next.last_at)}, ${invoiceId}, ${revisionId},
        ${transactionId})`,
  );
  await enterWorkOfWebhooks(transaction, at);
}
