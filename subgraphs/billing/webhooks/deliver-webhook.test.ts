import { Webhook } from 'standardwebhooks';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { change, pay } from '../billing.test-support.ts';
import { pull } from '../changes/changes.test-support.ts';
import { type Receiver, startReceiver } from './receiver.test-support.ts';
import { openWebhookCompany, type WebhookCompany } from './webhooks.test-support.ts';

const NOON = Date.UTC(2026, 2, 15, 12);
const SECOND_MS = 1000;

let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  const settings = { WEBHOOK_ALLOW_HTTP: 'on', WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'on', WEBHOOK_TIMEOUT_MS: '2500' };
  service = await startTestService(settings);
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.clock.set(NOON);
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

/** A company with a webhook for the receiver. */
async function subscribe(input: Record<string, unknown> = {}) {
  const company = await openWebhookCompany(service);
  const { webhook, secret, userErrors } = await company.register({ url: receiver.url, ...input });
  expect(userErrors).toEqual([]);
  return { company, webhook, secret };
}

const payTo = (company: WebhookCompany, key: string) =>
  pay(service, company.id, { amount: '1', idempotencyKey: key, reference: key });
const ids = () => receiver.received.map(({ headers }) => headers['webhook-id']?.replace(/^change_\d+_/, ''));
const after = (seconds: number) => service.clock.set(service.clock.now() + seconds * SECOND_MS);

test('a change comes as a signed message that a library of Standard Webhooks takes, and tells what billingChanges tells', async () => {
  const { company, webhook, secret } = await subscribe();
  const { invoice } = await company.createInvoice('10', 'i');
  const { transaction } = await payTo(company, 'p');
  await service.runJobs();
  const { changes } = await pull(company, webhook.deliveredUpTo, 10);
  const message = (index: number, invoiceId: string | null, transactionId: string | null) => ({
    type: changes[index]?.kind,
    timestamp: '2026-03-15T15:00:00.000+03:00',
    data: { companyId: company.id, cursor: changes[index]?.cursor, invoiceId, revisionId: null, transactionId },
  });
  expect(receiver.received.map(({ json }) => json)).toEqual([
    message(0, invoice.id, null),
    message(1, invoice.id, null),
    message(2, null, transaction.id),
  ]);
  for (const [index, { path, headers, body }] of receiver.received.entries()) {
    expect([path, headers]).toEqual([
      '/hooks',
      expect.objectContaining({
        'content-type': 'application/json',
        'webhook-id': `change_${company.id}_${index + 1}`,
        'webhook-timestamp': String(NOON / 1000),
      }),
    ]);
    const signature = new Webhook(secret).sign(headers['webhook-id'] ?? '', new Date(NOON), body);
    expect(headers['webhook-signature']).toBe(signature);
  }
  expect(await company.webhooks()).toEqual([{ ...webhook, deliveredUpTo: changes[2]?.cursor }]);
});

test('a message that is not received is sent again, later and later, until it is; what follows it waits', async () => {
  const { company, webhook } = await subscribe();
  await payTo(company, 'a');
  await payTo(company, 'b');
  receiver.answers.push(500, 404, 302);
  await service.runJobs();
  expect(ids()).toEqual(['1']);
  after(4.999);
  await payTo(company, 'c');
  await service.runJobs();
  expect(ids()).toEqual(['1']);
  after(0.001);
  await service.runJobs();
  expect(ids()).toEqual(['1', '1']);
  after(59);
  await service.runJobs();
  expect(ids()).toEqual(['1', '1']);
  after(1);
  await service.runJobs();
  expect(ids()).toEqual(['1', '1', '1']);
  expect((await company.webhooks())[0].deliveredUpTo).toBe(webhook.deliveredUpTo);
  after(300);
  await service.runJobs();
  expect(ids()).toEqual(['1', '1', '1', '1', '2', '3']);

  const { nodes, totalCount } = await company.deliveries(webhook.id);
  const answered = (status: number) => `the receiver answered with the status ${status}; 2xx is what counts.`;
  const tried = (at: string, attempt: number, status: number, nextAttemptAt: string, error = answered(status)) => ({
    id: expect.any(String),
    at: `2026-03-15T15:0${at}.000+03:00`,
    attempt,
    change: { kind: 'PAYMENT_RECORDED', at: '2026-03-15T15:00:00.000+03:00' },
    responseStatus: status,
    error,
    nextAttemptAt: `2026-03-15T15:0${nextAttemptAt}.000+03:00`,
  });
  const received = { at: '2026-03-15T15:06:05.000+03:00', responseStatus: 204, error: null, nextAttemptAt: null };
  expect(totalCount).toBe(6);
  expect(nodes).toMatchObject([
    { ...received, attempt: 1, change: { at: '2026-03-15T15:00:04.999+03:00' } },
    { ...received, attempt: 1, change: { at: '2026-03-15T15:00:00.000+03:00' } },
    { ...received, attempt: 4 },
    tried('1:05', 3, 302, '6:05', `${answered(302)} Redirects are not followed.`),
    tried('0:05', 2, 404, '1:05'),
    tried('0:00', 1, 500, '0:05'),
  ]);
  const { changes } = await pull(company, null, 10);
  expect((await company.webhooks())[0].deliveredUpTo).toBe(changes[2]?.cursor);
});

test('the waits grow to half a day and stay there: a webhook is never given up', async () => {
  const { company, webhook } = await subscribe();
  await payTo(company, 'a');
  receiver.answers.push(...Array.from({ length: 9 }, () => 503));
  const waits: number[] = [];
  for (let tries = 0; tries < 9; tries++) {
    await service.runJobs();
    const [{ attempt, nextAttemptAt }] = (await company.deliveries(webhook.id, { first: 1 })).nodes;
    expect(attempt).toBe(tries + 1);
    waits.push((Date.parse(nextAttemptAt) - service.clock.now()) / SECOND_MS);
    service.clock.set(Date.parse(nextAttemptAt));
  }
  expect(waits).toEqual([5, 60, 300, 1800, 7200, 18_000, 43_200, 43_200, 43_200]);
  await service.runJobs();
  expect(receiver.received).toHaveLength(10);
  expect((await company.deliveries(webhook.id, { first: 1 })).nodes[0]).toMatchObject({ attempt: 10, error: null });
  // The log is kept for 30 days.
  after(31 * 86_400);
  await payTo(company, 'b');
  await service.runJobs();
  expect(await company.deliveries(webhook.id)).toMatchObject({ totalCount: 1, nodes: [{ attempt: 1 }] });
});

test('a receiver that is silent, cuts off, speaks something else or is not there is told of what it missed', async () => {
  const { company, webhook } = await subscribe();
  await payTo(company, 'a');
  receiver.answers.push(
    () => undefined,
    (request) => request.socket.destroy(),
    (request) => request.socket.end('SMTP ready\r\n\r\n'),
  );
  for (let tries = 0; tries < 3; tries++) {
    await service.runJobs();
    after(3600);
  }
  const port = new URL(receiver.url).port;
  await receiver.close();
  await service.runJobs();
  const { nodes } = await company.deliveries(webhook.id);
  expect(nodes.map(({ responseStatus, error }: Record<string, unknown>) => [responseStatus, error])).toEqual([
    [null, 'the receiver refused the connection.'],
    [null, 'the connection to the receiver failed.'],
    [null, 'the connection to the receiver failed.'],
    [null, 'the receiver did not answer within 2500 ms.'],
  ]);
  expect(JSON.stringify(nodes)).not.toContain(port);
});

test('of an answer only the status is read, however long it goes on', async () => {
  const { company, webhook } = await subscribe();
  await payTo(company, 'a');
  let written = 0;
  receiver.answers.push((_request, response) => {
    const write = () => {
      while (!response.destroyed && written < 2 ** 26 && response.write(Buffer.alloc(65_536))) written += 65_536;
    };
    response.writeHead(200).on('drain', write);
    write();
  });
  await service.runJobs();
  expect((await company.deliveries(webhook.id)).nodes).toMatchObject([{ responseStatus: 200, error: null }]);
  expect(written).toBeLessThan(2 ** 26);
});

test('a webhook is told of its kinds only, and counts as told of all others', async () => {
  const { company, webhook } = await subscribe({ kinds: ['DOCUMENTS_READY', 'PAYMENT_RECORDED'] });
  expect(webhook.kinds).toEqual(['DOCUMENTS_READY', 'PAYMENT_RECORDED']);
  await company.createInvoice('10', 'i');
  await service.runJobs();
  expect(ids()).toEqual(['2']);
  await change(service, `UPDATE billing.webhooks SET kinds = '{INVOICE_VOIDED}' WHERE id = '${webhook.id}'`);
  await payTo(company, 'p');
  await service.runJobs();
  expect(ids()).toEqual(['2']);
  const { endCursor } = await pull(company, null, 10);
  expect((await company.webhooks())[0].deliveredUpTo).toBe(endCursor);
});

test('a replay sends again what follows a cursor, at once and with the same ids and bodies, and then goes on', async () => {
  const { company, webhook } = await subscribe();
  for (const key of ['a', 'b', 'c']) await payTo(company, key);
  await service.runJobs();
  const bodies = receiver.received.map(({ body }) => body);
  const { changes } = await pull(company, null, 10);
  after(60);
  const replayed = await company.replay(webhook.id, changes[0]?.cursor);
  expect(replayed).toEqual({ webhook: { ...webhook, deliveredUpTo: changes[0]?.cursor }, userErrors: [] });
  await service.runJobs();
  expect(ids()).toEqual(['1', '2', '3', '2', '3']);
  expect(receiver.received.map(({ body }) => body)).toEqual([...bodies, ...bodies.slice(1)]);
  expect(receiver.received.at(-1)?.headers['webhook-timestamp']).toBe(String(NOON / 1000 + 60));

  // Where it waits for its next try, it does not wait any longer; without a cursor it begins anew.
  receiver.answers.push(500);
  await payTo(company, 'd');
  await service.runJobs();
  await company.replay(webhook.id);
  await service.runJobs();
  expect(ids().slice(5)).toEqual(['4', '1', '2', '3', '4']);
  expect((await company.deliveries(webhook.id, { first: 1 })).nodes).toMatchObject([{ attempt: 1, error: null }]);
});

test('a replay or a deletion in the middle of a delivery ends it there', async () => {
  const { company, webhook } = await subscribe();
  for (const key of ['a', 'b', 'c']) await payTo(company, key);
  const { changes } = await pull(company, null, 10);
  receiver.answers.push(async (_request, response) => {
    await company.replay(webhook.id, changes[1]?.cursor);
    response.writeHead(204).end();
  });
  await service.runJobs();
  expect(ids()).toEqual(['1', '3']);
  receiver.answers.push(async (_request, response) => {
    await company.remove(webhook.id);
    response.writeHead(204).end();
  });
  for (const key of ['d', 'e']) await payTo(company, key);
  await service.runJobs();
  expect(ids()).toEqual(['1', '3', '4']);
  await payTo(company, 'f');
  expect(await service.runJobs()).toBe(0);
});

test('while one worker delivers, others leave the webhook alone; what comes in meanwhile follows', async () => {
  const { company } = await subscribe();
  await payTo(company, 'a');
  const during: unknown[] = [];
  receiver.answers.push(async (_request, response) => {
    await payTo(company, 'b');
    during.push(await service.runJobs(), ids());
    response.writeHead(204).end();
  });
  await service.runJobs();
  expect(during).toEqual([0, ['1']]);
  expect(ids()).toEqual(['1', '2']);
});

test('webhooks do not wait for one another, and companies are told of their own changes only', async () => {
  const { company } = await subscribe();
  const other = await subscribe({ url: receiver.url.replace('/hooks', '/other') });
  const slow = await startReceiver();
  slow.answers.push(500);
  await company.register({ url: slow.url, idempotencyKey: 'second' });
  for (const one of [company, other.company]) await payTo(one, 'p');
  await service.runJobs();
  expect(receiver.received.map(({ path, json }) => [path, json.data.companyId]).sort()).toEqual([
    ['/hooks', company.id],
    ['/other', other.company.id],
  ]);
  expect(slow.received).toHaveLength(1);
  await slow.close();
});

test('a job that runs again after its worker died sends again at most what was not written down', async () => {
  const { company } = await subscribe();
  for (const key of ['a', 'b']) await payTo(company, key);
  const table = 'ALTER TABLE billing.webhook_deliveries';
  await change(service, `${table} ADD CONSTRAINT injected CHECK (sequence <> 2) NOT VALID`);
  receiver.answers.push(204, 204, async (_request, response) => {
    await change(service, `${table} DROP CONSTRAINT injected`);
    response.writeHead(204).end();
  });
  await service.runJobs();
  expect(ids()).toEqual(['1', '2', '2']);
});

test('a secret that cannot be read any more is a failed try that says what to do', async () => {
  const { company, webhook } = await subscribe();
  await payTo(company, 'a');
  await change(
    service,
    `UPDATE billing.webhooks SET sealed_secret = 'AAAA' || sealed_secret WHERE id = '${webhook.id}'`,
  );
  await service.runJobs();
  expect(receiver.received).toEqual([]);
  const { nodes } = await company.deliveries(webhook.id);
  const error = 'the secret of this webhook cannot be read any more; register it anew.';
  expect(nodes).toMatchObject([{ responseStatus: null, error, attempt: 1 }]);
});
