import { type Sql, sql, type Transaction } from '#platform/database';
import { isStorableText } from '#platform/graphql';
import type { ChangeKind } from '../changes/record-change.ts';

/** A webhook as it is read. Instants are epoch milliseconds. */
export interface WebhookRow {
  id: string;
  url: string;
  kinds: ChangeKind[];
  sealed_secret: string;
  created_at: number;
  /** Every change up to this one was delivered, or is of a kind that is not asked for. */
  delivered_sequence: string;
  /** Tries of the change that follows; 0 before the first one. */
  failures: number;
  /** Null: as soon as there is a change. */
  next_attempt_at: number | null;
  /** Of the job that delivers now. */
  run_id: string | null;
  /** When that job is taken for lost. */
  run_until: number | null;
}

const COLUMNS: Sql = sql`id, url, kinds, sealed_secret, created_at, delivered_sequence, failures, next_attempt_at, run_id,
  run_until`;

/** The company's webhooks, oldest first. */
export function listWebhooks(transaction: Transaction): Promise<WebhookRow[]> {
  return readWebhooks(transaction, sql`ORDER BY created_at, id`);
}

/** A webhook of the company; undefined where it has none of this id. */
export async function findWebhook(transaction: Transaction, id: string): Promise<WebhookRow | undefined> {
  if (!isStorableText(id)) return undefined;
  const [row] = await readWebhooks(transaction, sql`AND id = ${id}`);
  return row;
}

/** The same, locked until the transaction ends. A company's webhooks are locked before its work list. */
export async function lockWebhook(transaction: Transaction, id: string): Promise<WebhookRow | undefined> {
  if (!isStorableText(id)) return undefined;
  const [row] = await readWebhooks(transaction, sql`AND id = ${id} FOR UPDATE`);
  return row;
}

/** All of them, locked until the transaction ends. */
export function lockWebhooks(transaction: Transaction): Promise<WebhookRow[]> {
  return readWebhooks(transaction, sql`ORDER BY id FOR UPDATE`);
}

function readWebhooks(transaction: Transaction, which: Sql): Promise<WebhookRow[]> {
  return transaction.query<WebhookRow>(
    'webhooks.read',
    sql`SELECT ${COLUMNS} FROM webhooks WHERE company_id = ${transaction.companyId} ${which}`,
  );
}
