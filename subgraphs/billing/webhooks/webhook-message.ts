import { createHmac } from 'node:crypto';
import type { Company } from '#platform/companies';
import { formatInstant } from '#platform/time';
import { writeChangeCursor } from '../changes/change-cursor.ts';
import type { ChangeRow } from '../changes/list-changes.ts';
import { keyOfSecret } from './webhook-secret.ts';

/** A message as it is sent. */
export interface WebhookMessage {
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string;
}

/** What a receiver is told of a change: what happened, when, and to what. Always the same for the same change. */
export function bodyOf({ id, timeZone }: Pick<Company, 'id' | 'timeZone'>, change: ChangeRow): string {
  return JSON.stringify({
    type: change.kind,
    timestamp: formatInstant(change.at, timeZone),
    data: {
      companyId: id,
      cursor: writeChangeCursor(id, change.sequence),
      invoiceId: change.invoice_id,
      revisionId: change.revision_id,
      transactionId: change.transaction_id,
    },
  });
}

/**
 * The message of a change, signed as Standard Webhooks describes it: HMAC-SHA256 over id, time and body. The id is the same
 * however often a change is sent.
 * @param now epoch milliseconds; receivers refuse what is older than some minutes
 */
export function signedMessage(
  company: Pick<Company, 'id' | 'timeZone'>,
  change: ChangeRow,
  secret: string,
  now: number,
): WebhookMessage {
  const body = bodyOf(company, change);
  const id = `change_${company.id}_${change.sequence}`;
  const timestamp = Math.floor(now / 1000);
  const signature = createHmac('sha256', keyOfSecret(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'statistics-service',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
  return { headers, body };
}
