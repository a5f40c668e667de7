import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { openCompany, pay } from '../../subgraphs/billing/billing.test-support.ts';
import { signedMessage } from '../../subgraphs/billing/webhooks/webhook-message.ts';
import { makeWebhookSecret } from '../../subgraphs/billing/webhooks/webhook-secret.ts';
import { startTestService, TEST_NOW, type TestService } from '../support/test-service.ts';

// The programs of docs/partners.md, as they stand there.
let service: TestService;
let directory: string;
beforeAll(async () => {
  service = await startTestService();
  directory = await mkdtemp(join(tmpdir(), 'statistics-partner-'));
  const text = await readFile(resolve(__dirname, '../../docs/partners.md'), 'utf8');
  for (const [, program = '', name = ''] of text.matchAll(/^```js\n(\/\/ (\S+)\n.*?)^```$/gms)) {
    await writeFile(join(directory, name), program);
  }
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true });
});

/** Runs a program of the page with a clock that stands at a moment; what it prints. */
async function run(name: string, environment: Record<string, string> = {}, now = TEST_NOW): Promise<string[]> {
  const clock = `data:text/javascript,Date.now = () => ${now}`;
  const options = { cwd: directory, env: { ...process.env, NODE_OPTIONS: '', ...environment } };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', clock, name], options);
  return stdout.split('\n').filter(Boolean);
}

test('[TOP-06] the client of the page prints every change once, over as many runs as there are', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  await pay(service, company.id, { amount: '40', idempotencyKey: 'p', invoiceNumber: invoice.number });
  const environment = {
    STATISTICS_URL: service.url,
    STATISTICS_TOKEN: await service.token({ companyId: company.id, scopes: ['billing:read'] }),
  };
  const first = (await run('pull.mjs', environment)).map((line) => JSON.parse(line));
  const shown = { id: invoice.id, number: invoice.number, status: 'PARTIALLY_PAID' };
  expect(first).toMatchObject([
    { kind: 'INVOICE_CREATED', invoice: shown, transaction: null },
    { kind: 'DOCUMENTS_READY', invoice: shown, transaction: null },
    { kind: 'PAYMENT_RECORDED', invoice: shown, transaction: { refill: { amount: '40.00', currency: 'EUR' } } },
  ]);
  expect(await run('pull.mjs', environment)).toEqual([]);
  await pay(service, company.id, { amount: '1', idempotencyKey: 'q' });
  expect((await run('pull.mjs', environment)).map((line) => JSON.parse(line).kind)).toEqual(['PAYMENT_RECORDED']);
  await expect(run('pull.mjs', { ...environment, STATISTICS_TOKEN: '' })).rejects.toThrow();
});

test('the verification of the page takes genuine messages and nothing else', async () => {
  const secret = makeWebhookSecret();
  const change = {
    sequence: 42,
    kind: 'PAYMENT_RECORDED',
    at: TEST_NOW,
    invoice_id: null,
    revision_id: null,
    transaction_id: 'счёт',
  } as const;
  const { headers, body } = signedMessage({ id: '7', timeZone: 'Europe/Moscow' }, change, secret, TEST_NOW);
  const signature = headers['webhook-signature'] ?? '';
  const cases = [
    [secret, headers, body],
    [secret, { ...headers, 'webhook-signature': `v1,AAAA ${signature}` }, body],
    [makeWebhookSecret(), headers, body],
    [secret, headers, body.replace('счёт', 'чёт')],
    [secret, { ...headers, 'webhook-id': 'change_7_43' }, body],
    [secret, { ...headers, 'webhook-timestamp': String(TEST_NOW / 1000 + 1) }, body],
    [secret, { ...headers, 'webhook-signature': signature.slice(0, -4) }, body],
    [secret, {}, body],
  ];
  const program = `import { isGenuine } from './verify.mjs';
    for (const [secret, headers, body] of ${JSON.stringify(cases)}) console.log(isGenuine(secret, headers, body));`;
  await writeFile(join(directory, 'check.mjs'), program);
  const nothing = Array.from({ length: 6 }, () => 'false');
  expect(await run('check.mjs')).toEqual(['true', 'true', ...nothing]);
  expect(await run('check.mjs', {}, TEST_NOW + 300_000)).toEqual(['false', 'false', ...nothing]);
});
