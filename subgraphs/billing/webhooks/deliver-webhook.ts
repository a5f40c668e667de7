import { type Company, readCompany } from '#platform/companies';
import type { JobContext } from '#platform/jobs';
import type { ChangeRow } from '../changes/list-changes.ts';
import { resolveName } from './receiver-address.ts';
import { type Outcome, sendMessage } from './send-message.ts';
import type { WebhookRow } from './webhook.row.ts';
import { signedMessage } from './webhook-message.ts';
import { endRun, handOver, readUndelivered, recordTry, type WebhookRun } from './webhook-run.ts';
import { openSecret, readSealingKey } from './webhook-secret.ts';

/** Readings of one run; then others have their turn. */
const READINGS = 10;

/**
 * Tells a webhook of the changes that it has not been told of, one after another in their order, until it has been told of all,
 * or one of them is not received. Safe to run again: a change that was sent but not written down is sent once more.
 */
export async function deliverWebhook(run: WebhookRun, context: JobContext): Promise<void> {
  const { database, companyId, clock, config } = context;
  const sealingKey = await readSealingKey(config);
  const company = await database.read(companyId, readCompany);
  for (let readings = 0; readings < READINGS; readings++) {
    const undelivered = await database.read(companyId, (transaction) => readUndelivered(transaction, run));
    if (!undelivered) return;
    const { webhook, changes, last } = undelivered;
    if (changes.length === 0) {
      if (await database.write(companyId, (transaction) => endRun(transaction, run, last, clock.now()))) return;
      continue;
    }
    const secret = openSecret(sealingKey, webhook.id, webhook.sealed_secret);
    if (!(await deliverChanges({ run, company, webhook, changes, secret }, context))) return;
  }
  await database.write(companyId, (transaction) => handOver(transaction, run, clock.now()));
}

interface Deliveries {
  run: WebhookRun;
  company: Company;
  webhook: WebhookRow;
  changes: readonly ChangeRow[];
  /** Undefined where it cannot be read. */
  secret: string | undefined;
}

/** False where the run has ended. */
async function deliverChanges({ run, company, webhook, changes, secret }: Deliveries, context: JobContext) {
  const { database, companyId, clock } = context;
  for (const [index, change] of changes.entries()) {
    context.signal.throwIfAborted();
    const outcome = await deliver({ company, webhook, change, secret }, context);
    const attempt = (index === 0 ? webhook.failures : 0) + 1;
    const record = { change, attempt, outcome };
    if (!(await database.write(companyId, (open) => recordTry(open, run, record, clock.now())))) return false;
  }
  return true;
}

async function deliver(
  { company, webhook, change, secret }: Omit<Deliveries, 'run' | 'changes'> & { change: ChangeRow },
  { clock, config, signal }: JobContext,
): Promise<Outcome> {
  if (secret === undefined) {
    return { status: null, error: 'the secret of this webhook cannot be read any more; register it anew.' };
  }
  const message = signedMessage(company, change, secret, clock.now());
  return sendMessage(message, webhook.url, {
    rules: config,
    timeoutMs: config.WEBHOOK_TIMEOUT_MS,
    resolve: resolveName,
    signal,
  });
}
