import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { ServiceError } from '#platform/errors';
import { type RequestContext, readPage } from '#platform/graphql';
import { requireCompany } from '#platform/identity';
import { deleteWebhook, replayWebhook } from './change-webhook.ts';
import { listDeliveries } from './list-deliveries.ts';
import { registerWebhook } from './register-webhook.ts';
import { toWebhook, toWebhookDelivery } from './to-webhook.ts';
import { findWebhook, listWebhooks } from './webhook.row.ts';
import {
  DeleteWebhookPayload,
  RegisterWebhookInput,
  RegisterWebhookPayload,
  ReplayWebhookPayload,
  Webhook,
  WebhookDeliveryConnection,
} from './webhook.type.ts';
import { readSealingKey } from './webhook-secret.ts';

@Resolver()
export class WebhooksResolver {
  @Authorized('webhooks:write')
  @Query(() => [Webhook], { nullable: true, description: "The company's webhooks, oldest first; at most 10." })
  async webhooks(@Ctx() context: RequestContext): Promise<Webhook[]> {
    const company = await context.company();
    const rows = await listWebhooks(await context.transaction());
    return rows.map((row) => toWebhook(company, row));
  }

  @Authorized('webhooks:write')
  @Query(() => WebhookDeliveryConnection, {
    nullable: true,
    description: 'Tries to tell a webhook of changes, newest first.',
  })
  async webhookDeliveries(
    @Ctx() context: RequestContext,
    @Arg('webhookId', () => ID, { description: 'The webhook.' }) webhookId: string,
    @Arg('first', () => Int, { nullable: true, description: 'How many tries; default 50, at most 1000.' })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Only tries after this cursor.' })
    after: string | null | undefined,
  ) {
    const list = `tries of webhook ${webhookId}`;
    const page = readPage({ first: first ?? null, after: after ?? null }, list);
    const company = await context.company();
    const transaction = await context.transaction();
    if (!(await findWebhook(transaction, webhookId))) {
      const shown = JSON.stringify(webhookId.slice(0, 40));
      throw new ServiceError('NOT_FOUND', `the company has no webhook ${shown}.`, { field: ['webhookId'] });
    }
    const { edges, ...rest } = await listDeliveries(transaction, webhookId, page, list);
    const shown = edges.map(({ cursor, node }) => ({ cursor, node: toWebhookDelivery(company, node) }));
    return Object.assign(new WebhookDeliveryConnection(), { edges: shown, ...rest });
  }

  @Authorized('webhooks:write')
  @Mutation(() => RegisterWebhookPayload, {
    nullable: true,
    description:
      'Registers an address that is told of every change from now on, in messages that are signed as Standard Webhooks ' +
      'describes. Keep the secret: it is shown this once.',
  })
  async registerWebhook(
    @Ctx() context: RequestContext,
    @Arg('input', () => RegisterWebhookInput, { description: 'The webhook.' }) input: RegisterWebhookInput,
  ): Promise<RegisterWebhookPayload> {
    const { config, newId, clock } = context;
    const company = await context.company();
    const sealingKey = await readSealingKey(config);
    const { webhook, secret, refusals } = await context.write(
      company.id,
      (open) =>
        registerWebhook(open, { ...input, kinds: input.kinds }, { config, sealingKey, newId, now: clock.now() }),
      (registered) => registered.webhook !== null,
    );
    return { webhook: webhook && toWebhook(company, webhook), secret, userErrors: refusals };
  }

  @Authorized('webhooks:write')
  @Mutation(() => DeleteWebhookPayload, {
    nullable: true,
    description: 'Deletes a webhook and the log of its deliveries. It is told of nothing any more.',
  })
  async deleteWebhook(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The webhook.' }) id: string,
  ): Promise<DeleteWebhookPayload> {
    const userErrors = await context.write(requireCompany(context.identity), (open) => deleteWebhook(open, id));
    return { deletedId: userErrors.length === 0 ? id : null, userErrors };
  }

  @Authorized('webhooks:write')
  @Mutation(() => ReplayWebhookPayload, {
    nullable: true,
    description:
      'Sends again everything after a cursor of billingChanges, at once, also where a webhook waits for its next try. What ' +
      'precedes the cursor and was not delivered yet is passed over.',
  })
  async replayWebhook(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The webhook.' }) id: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Cursor after which to begin; default: with the first change of all.',
    })
    after: string | null | undefined,
  ): Promise<ReplayWebhookPayload> {
    const company = await context.company();
    const { webhook, refusals } = await context.write(company.id, (open) => {
      return replayWebhook(open, { id, after }, context.clock.now());
    });
    return { webhook: webhook && toWebhook(company, webhook), userErrors: refusals };
  }
}
