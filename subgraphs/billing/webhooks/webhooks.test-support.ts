import type { Scope } from '#platform/identity';
import type { TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany } from '../billing.test-support.ts';

export const WEBHOOK = 'id url kinds createdAt deliveredUpTo';
/** Tests move the clock by days. */
const LIFETIME_SECONDS = 100 * 86_400;
const ERRORS = 'userErrors { field code message }';

export const REGISTER_WEBHOOK = `mutation($input: RegisterWebhookInput!) {
  registerWebhook(input: $input) { webhook { ${WEBHOOK} } secret ${ERRORS} }
}`;
const DELETE = `mutation($id: ID!) { deleteWebhook(id: $id) { deletedId ${ERRORS} } }`;
const REPLAY = `mutation($id: ID!, $after: String) { replayWebhook(id: $id, after: $after) { webhook { ${WEBHOOK} } ${ERRORS} } }`;
const DELIVERIES = `query($webhookId: ID!, $first: Int, $after: String) {
  webhookDeliveries(webhookId: $webhookId, first: $first, after: $after) {
    nodes { id at attempt change { kind at } responseStatus error nextAttemptAt }
    totalCount pageInfo { hasNextPage endCursor }
  }
}`;

/** A company with a token that may do with webhooks what it likes. */
export interface WebhookCompany extends BillingCompany {
  // biome-ignore-start lint/suspicious/noExplicitAny: answers are asserted as whole values, whatever their shape
  register(input: Record<string, unknown>): Promise<any>;
  remove(id: string): Promise<any>;
  replay(id: string, after?: string): Promise<any>;
  webhooks(): Promise<any[]>;
  deliveries(webhookId: string, page?: object): Promise<any>;
  // biome-ignore-end lint/suspicious/noExplicitAny: see above
}

export async function openWebhookCompany(service: TestService): Promise<WebhookCompany> {
  const company = await openCompany(service);
  const tokenFor = (...scopes: Scope[]) => service.token({ companyId: company.id, scopes }, LIFETIME_SECONDS);
  const [token, billing] = [await tokenFor('webhooks:write'), await tokenFor('billing:read', 'billing:write')];
  const ask = async (field: string, query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await service.graph(token, query, variables);
    if (errors) throw new Error(errors[0]?.message);
    return data[field];
  };
  return {
    ...company,
    ask: (query, variables) => service.graph(billing, query, variables),
    register: (input) => ask('registerWebhook', REGISTER_WEBHOOK, { input: { idempotencyKey: 'key', ...input } }),
    remove: (id) => ask('deleteWebhook', DELETE, { id }),
    replay: (id, after) => ask('replayWebhook', REPLAY, { id, after }),
    webhooks: () => ask('webhooks', `{ webhooks { ${WEBHOOK} } }`, {}),
    deliveries: (webhookId, page = {}) => ask('webhookDeliveries', DELIVERIES, { webhookId, ...page }),
  };
}
