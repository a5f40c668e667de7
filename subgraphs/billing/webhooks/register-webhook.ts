import type { SubgraphSettings } from '#platform/config';
import { sql, type Transaction, timestamp } from '#platform/database';
import { claimKey } from '#platform/idempotency';
import { lockSequence } from '../changes/list-changes.ts';
import { CHANGE_KINDS, type ChangeKind } from '../changes/record-change.ts';
import { keyConflict, keyFault } from '../money/once.ts';
import type { Refusal } from '../money/read-amount.ts';
import { urlFault } from './receiver-address.ts';
import { findWebhook, listWebhooks, type WebhookRow } from './webhook.row.ts';
import { makeWebhookSecret, sealSecret } from './webhook-secret.ts';

/** Most webhooks of one company. */
export const MOST_WEBHOOKS = 10;

export interface WebhookRequest {
  url: string;
  kinds: readonly ChangeKind[] | null | undefined;
  idempotencyKey: string;
}

export interface RegisterOptions {
  config: SubgraphSettings;
  /** Under which secrets are kept. */
  sealingKey: Buffer;
  newId: () => string;
  now: number;
}

/** A webhook that was registered, or why it was not. `secret` is null where the same request had come before. */
export type RegisteredWebhook =
  | { webhook: WebhookRow; secret: string | null; refusals: [] }
  | { webhook: null; secret: null; refusals: Refusal[] };

/**
 * Registers a webhook that is told of all that happens from now on. Must be rolled back where it was refused: then nothing has
 * happened.
 */
export async function registerWebhook(
  transaction: Transaction,
  request: WebhookRequest,
  { config, sealingKey, newId, now }: RegisterOptions,
): Promise<RegisteredWebhook> {
  const { url, idempotencyKey: key } = request;
  const faults = [urlRefusal(url, config), keyFault(key)].filter((fault) => fault !== undefined);
  if (faults.length > 0) return refused(...faults);
  const kinds = kindsOf(request.kinds);
  const id = newId();
  const claim = await claimKey(transaction, { mutation: 'registerWebhook', key, input: [url, kinds], resultId: id });
  const conflict = keyConflict(claim);
  if (conflict) return refused(conflict);
  if (claim.kind === 'repeated') {
    const webhook = await findWebhook(transaction, claim.resultId);
    return webhook ? { webhook, secret: null, refusals: [] } : refused(DELETED_SINCE);
  }
  const last = await lockSequence(transaction, now);
  if ((await listWebhooks(transaction)).length >= MOST_WEBHOOKS) return refused(TOO_MANY);
  const secret = makeWebhookSecret();
  await transaction.execute(
    'webhooks.insert',
    sql`INSERT INTO webhooks (company_id, id, url, kinds, sealed_secret, created_at, delivered_sequence)
      VALUES (${transaction.companyId}, ${id}, ${url}, ${kinds}, ${sealSecret(sealingKey, id, secret)}, ${timestamp(now)},
        ${last})`,
  );
  const webhook = await findWebhook(transaction, id);
  if (!webhook) throw new Error('a webhook that was inserted is not there');
  return { webhook, secret, refusals: [] };
}

/** Each kind once, in the order of their declaration; none means all. */
function kindsOf(kinds: readonly ChangeKind[] | null | undefined): ChangeKind[] {
  return CHANGE_KINDS.filter((kind) => !kinds?.length || kinds.includes(kind));
}

function urlRefusal(url: string, config: SubgraphSettings): Refusal | undefined {
  const fault = urlFault(url, config);
  return fault === undefined
    ? undefined
    : { field: ['input', 'url'], code: 'INVALID_URL', message: `url: it ${fault}` };
}

const TOO_MANY: Refusal = {
  field: null,
  code: 'TOO_MANY_WEBHOOKS',
  message: `a company has ${MOST_WEBHOOKS} webhooks at most; delete one that is not needed any more.`,
};

const DELETED_SINCE: Refusal = {
  field: ['input', 'idempotencyKey'],
  code: 'WEBHOOK_DELETED',
  message:
    'idempotencyKey: the webhook that was registered with this key has been deleted; use a new key for a new one.',
};

function refused(...refusals: Refusal[]): RegisteredWebhook {
  return { webhook: null, secret: null, refusals };
}
