import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { change, pay } from '../billing.test-support.ts';
import { pull } from '../changes/changes.test-support.ts';
import { openWebhookCompany, type WebhookCompany } from './webhooks.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const URL_OF = 'https://hooks.example.com/billing?from=statistics';
const ALL = ['INVOICE_CREATED', 'INVOICE_REVISED', 'INVOICE_VOIDED', 'DOCUMENTS_READY', 'PAYMENT_RECORDED'];

test('a webhook is registered for what happens from then on, with a secret of its own that is shown once', async () => {
  const company = await openWebhookCompany(service);
  await company.createInvoice('10', 'before');
  const { endCursor } = await pull(company, null, 10);
  const { webhook, secret, userErrors } = await company.register({ url: URL_OF });
  const createdAt = '2026-03-15T15:00:00.000+03:00';
  const expected = { id: expect.any(String), url: URL_OF, kinds: ALL, createdAt, deliveredUpTo: endCursor };
  expect([webhook, userErrors]).toEqual([expected, []]);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await company.webhooks()).toEqual([webhook]);
  const other = await company.register({
    url: URL_OF,
    kinds: ['DOCUMENTS_READY', 'INVOICE_CREATED'],
    idempotencyKey: 'b',
  });
  expect(other.webhook.kinds).toEqual(['INVOICE_CREATED', 'DOCUMENTS_READY']);
  expect(other.secret).not.toBe(secret);
});

test('the secret stands nowhere in the database, and is bound to its webhook', async () => {
  const company = await openWebhookCompany(service);
  const { secret } = await company.register({ url: URL_OF });
  const key = secret.slice('whsec_'.length);
  const holds = ['text', `encode(convert_to(text, 'UTF8'), 'base64')`]
    .map((form) => `${form} LIKE '%' || '${key.slice(0, 20)}' || '%'`)
    .join(' OR ');
  await change(
    service,
    `DO $$ BEGIN IF EXISTS (SELECT FROM (SELECT webhooks::text AS text FROM billing.webhooks
        UNION ALL SELECT idempotency_keys::text FROM billing.idempotency_keys) AS rows WHERE ${holds})
      THEN RAISE 'the secret is there'; END IF; END $$`,
  );
});

test('a key sent again gives the same webhook without its secret; with another input, or after the deletion, it is refused', async () => {
  const company = await openWebhookCompany(service);
  const { webhook } = await company.register({ url: URL_OF, kinds: [] });
  for (const kinds of [null, [], [...ALL].reverse()]) {
    expect(await company.register({ url: URL_OF, kinds })).toEqual({ webhook, secret: null, userErrors: [] });
  }
  const refused = (code: string, message: string) => ({
    webhook: null,
    secret: null,
    userErrors: [{ field: ['input', 'idempotencyKey'], code, message: `idempotencyKey: ${message}` }],
  });
  expect(await company.register({ url: URL_OF, kinds: ['INVOICE_VOIDED'] })).toEqual(
    refused('IDEMPOTENCY_CONFLICT', 'this key was sent before with another input; use a new key for a new request.'),
  );
  expect(await company.remove(webhook.id)).toEqual({ deletedId: webhook.id, userErrors: [] });
  expect(await company.register({ url: URL_OF })).toEqual(
    refused(
      'WEBHOOK_DELETED',
      'the webhook that was registered with this key has been deleted; use a new key for a new one.',
    ),
  );
  expect(await company.webhooks()).toEqual([]);
  const { userErrors } = await company.register({ url: URL_OF, idempotencyKey: '' });
  expect(userErrors).toMatchObject([{ code: 'INVALID_IDEMPOTENCY_KEY' }]);
});

test.each([
  ['', 'is no address; give one that begins with https://.'],
  ['hooks.example.com', 'is no address; give one that begins with https://.'],
  ['https://hooks.example.com/a b', 'is no address; give one that begins with https://.'],
  ['https://hooks.example.com/a\0b', 'is no address; give one that begins with https://.'],
  [`https://hooks.example.com/${'x'.repeat(2023)}`, 'is longer than 2048 characters; give a shorter address.'],
  ['http://hooks.example.com/', 'begins with http:; give an address that begins with https://.'],
  ['file:///etc/passwd', 'begins with file:; give an address that begins with https://.'],
  ['https://user:password@hooks.example.com/', 'holds a password or a #; leave them out.'],
  ['https://hooks.example.com/#part', 'holds a password or a #; leave them out.'],
  ['https://127.0.0.1/', 'is not a public address; give one that is.'],
  ['https://2130706433/', 'is not a public address; give one that is.'],
  ['https://0x7f.1/', 'is not a public address; give one that is.'],
  ['https://[::1]/', 'is not a public address; give one that is.'],
  ['https://169.254.169.254/latest/meta-data', 'is not a public address; give one that is.'],
])('the address %j is refused', async (url, fault) => {
  const company = await openWebhookCompany(service);
  expect(await company.register({ url })).toEqual({
    webhook: null,
    secret: null,
    userErrors: [{ field: ['input', 'url'], code: 'INVALID_URL', message: `url: it ${fault}` }],
  });
});

test('a name of an address that is not public is not called, and the log does not say which one it is', async () => {
  const company = await openWebhookCompany(service);
  const { webhook } = await company.register({ url: 'https://localhost/hooks' });
  await pay(service, company.id, { amount: '1', idempotencyKey: 'p' });
  await service.runJobs();
  const { nodes } = await company.deliveries(webhook.id);
  const error = 'the receiver has an address that is not public; it is not called.';
  expect(nodes).toMatchObject([{ attempt: 1, responseStatus: null, error }]);
});

test('ten webhooks a company are the most, however many are registered at once', async () => {
  const company = await openWebhookCompany(service);
  const answers = await Promise.all(
    Array.from({ length: 13 }, (_, index) => company.register({ url: URL_OF, idempotencyKey: `key ${index}` })),
  );
  const refused = answers.filter(({ webhook }) => webhook === null);
  expect(refused.map(({ userErrors }) => userErrors)).toEqual(
    Array.from({ length: 3 }, () => [
      {
        field: null,
        code: 'TOO_MANY_WEBHOOKS',
        message: 'a company has 10 webhooks at most; delete one that is not needed any more.',
      },
    ]),
  );
  const [first] = await company.webhooks();
  await company.remove(first.id);
  // The key of one that was refused is free.
  const again = answers.findIndex(({ webhook }) => webhook === null);
  expect((await company.register({ url: URL_OF, idempotencyKey: `key ${again}` })).userErrors).toEqual([]);
});

test('[GEN-09] webhooks of another company cannot be seen, replayed or deleted, and look like what does not exist', async () => {
  const [company, other] = [await openWebhookCompany(service), await openWebhookCompany(service)];
  const { webhook } = await company.register({ url: URL_OF });
  for (const id of [webhook.id, 'none', 'a\0b']) {
    const shown = JSON.stringify(id.slice(0, 40));
    const message = `there is no webhook ${shown}; take an id from the list of webhooks.`;
    const userErrors = [{ field: ['id'], code: 'WEBHOOK_NOT_FOUND', message }];
    expect(await other.remove(id)).toEqual({ deletedId: null, userErrors });
    expect(await other.replay(id)).toEqual({ webhook: null, userErrors });
    await expect(other.deliveries(id)).rejects.toThrow(`the company has no webhook ${shown}.`);
  }
  expect(await other.webhooks()).toEqual([]);
  expect(await company.webhooks()).toEqual([webhook]);
});

test('a replay from a cursor that is not one of the company’s changes is refused, and changes nothing', async () => {
  const [company, other] = [await openWebhookCompany(service), await openWebhookCompany(service)];
  const { webhook } = await company.register({ url: URL_OF });
  for (const one of [company, other]) await pay(service, one.id, { amount: '1', idempotencyKey: one.id });
  const { endCursor } = await pull(other, null, 10);
  for (const cursor of [endCursor, '', 'x']) {
    expect(await company.replay(webhook.id, cursor)).toEqual({
      webhook: null,
      userErrors: [
        {
          field: ['after'],
          code: 'INVALID_CURSOR',
          message: 'after: is not a cursor of this list; use one that an earlier page of the same list gave.',
        },
      ],
    });
  }
  expect(await company.webhooks()).toEqual([webhook]);
});

test('the log comes in pages, newest first, and takes no cursor of another log', async () => {
  const company: WebhookCompany = await openWebhookCompany(service);
  const { webhook } = await company.register({ url: 'https://localhost/' });
  const { webhook: second } = await company.register({ url: 'https://localhost/', idempotencyKey: 'second' });
  await pay(service, company.id, { amount: '1', idempotencyKey: 'p' });
  const now = service.clock.now();
  for (let tries = 0; tries < 3; tries++) {
    await service.runJobs();
    service.clock.set(service.clock.now() + 600_000);
  }
  service.clock.set(now);
  const whole = await company.deliveries(webhook.id);
  expect([whole.totalCount, whole.nodes.map(({ attempt }: { attempt: number }) => attempt)]).toEqual([3, [3, 2, 1]]);
  const one = await company.deliveries(webhook.id, { first: 2 });
  expect([one.nodes, one.pageInfo.hasNextPage]).toEqual([whole.nodes.slice(0, 2), true]);
  const after = one.pageInfo.endCursor;
  expect((await company.deliveries(webhook.id, { after })).nodes).toEqual(whole.nodes.slice(2));
  await expect(company.deliveries(second.id, { after })).rejects.toThrow('after: is not a cursor of this list');
});

test('webhooks need the scope webhooks:write, and what changes happened to needs billing:read as well', async () => {
  const company = await openWebhookCompany(service);
  const { webhook } = await company.register({ url: 'https://localhost/' });
  await pay(service, company.id, { amount: '1', idempotencyKey: 'p' });
  await service.runJobs();
  const query = `{ webhooks { id } webhookDeliveries(webhookId: "${webhook.id}") { nodes { change { kind transaction { id } } } } }`;
  const ask = async (...scopes: ('webhooks:write' | 'billing:read' | 'billing:write')[]) =>
    service.graph(await service.token({ companyId: company.id, scopes }), query);
  const stranger = await ask('billing:read', 'billing:write');
  expect(stranger.data).toEqual({ webhooks: null, webhookDeliveries: null });
  expect(stranger.errors?.[0]?.message).toBe('this needs a token with the scope webhooks:write.');
  const change = { kind: 'PAYMENT_RECORDED', transaction: null };
  const without = await ask('webhooks:write');
  expect(without.data.webhookDeliveries.nodes).toEqual([{ change }]);
  expect(without.errors?.map(({ message }) => message)).toEqual([
    'this needs a token with the scope billing:read or staff:finance.',
  ]);
  const both = await ask('webhooks:write', 'billing:read');
  expect(both.errors).toBeUndefined();
  expect(both.data.webhookDeliveries.nodes).toEqual([
    { change: { ...change, transaction: { id: expect.any(String) } } },
  ]);
});
