import type { Company } from '#platform/companies';
import { formatInstant } from '#platform/time';
import { writeChangeCursor } from '../changes/change-cursor.ts';
import { toBillingChange } from '../changes/to-billing-change.ts';
import type { DeliveryRow } from './list-deliveries.ts';
import type { WebhookRow } from './webhook.row.ts';
import type { Webhook, WebhookDelivery } from './webhook.type.ts';

/** A webhook as clients see it. */
export function toWebhook({ id: companyId, timeZone }: Company, row: WebhookRow): Webhook {
  const { id, url, kinds } = row;
  const deliveredUpTo = writeChangeCursor(companyId, Number(row.delivered_sequence));
  return { id, url, kinds, createdAt: formatInstant(row.created_at, timeZone), deliveredUpTo };
}

/** A try as clients see it. */
export function toWebhookDelivery(company: Company, row: DeliveryRow): WebhookDelivery {
  const { timeZone } = company;
  return {
    id: row.id,
    at: formatInstant(row.at, timeZone),
    attempt: row.attempt,
    change: toBillingChange(company, row.change),
    responseStatus: row.response_status,
    error: row.error,
    nextAttemptAt: row.next_attempt_at === null ? null : formatInstant(row.next_attempt_at, timeZone),
  };
}
