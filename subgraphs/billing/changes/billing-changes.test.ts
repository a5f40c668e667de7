import { Client } from 'pg';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany, pay, revise, voidInvoice } from '../billing.test-support.ts';
import { follow, PULL, pull } from './changes.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const kinds = async (company: BillingCompany) =>
  (await follow(company, 1000, () => true)).map(({ kind, invoiceId, transactionId }) => [
    kind,
    invoiceId,
    transactionId,
  ]);

test('[TOP-05] [TOP-06] changes stand in the order in which they were committed, with what they happened to', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  await service.runJobs();
  const paid = await pay(service, company.id, { amount: '40', idempotencyKey: 'p', invoiceNumber: invoice.number });
  const other = await pay(service, company.id, { amount: '1', idempotencyKey: 'q' });
  const at = '2026-03-15T15:00:00.000+03:00';
  const { data, errors } = await company.ask(`{
    billingChanges { nodes { kind at invoice { number status paid { amount } } transaction { refill { amount } } } }
  }`);
  expect(errors).toBeUndefined();
  const shown = { number: invoice.number, status: 'PARTIALLY_PAID', paid: { amount: '40.00' } };
  expect(data.billingChanges.nodes).toEqual([
    { kind: 'INVOICE_CREATED', at, invoice: shown, transaction: null },
    { kind: 'DOCUMENTS_READY', at, invoice: shown, transaction: null },
    { kind: 'PAYMENT_RECORDED', at, invoice: shown, transaction: { refill: { amount: '40.00' } } },
    { kind: 'PAYMENT_RECORDED', at, invoice: null, transaction: { refill: { amount: '1.00' } } },
  ]);
  expect(await kinds(company)).toEqual([
    ['INVOICE_CREATED', invoice.id, null],
    ['DOCUMENTS_READY', invoice.id, null],
    ['PAYMENT_RECORDED', invoice.id, paid.transaction.id],
    ['PAYMENT_RECORDED', null, other.transaction.id],
  ]);
});

test('[INV-12] [REV-05] a revision and a withdrawal are changes, and so are the documents of each revision', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  await service.runJobs();
  const input = { invoiceId: invoice.id, reason: 'COST_CHANGE', amount: '90', paidAmount: '0' };
  const { revision } = await revise(service, company.id, input);
  await service.runJobs();
  await voidInvoice(service, company.id, { invoiceId: invoice.id, expectedRevision: 1, reason: 'A mistake.' });
  const { data, errors } = await company.ask(`{
    billingChanges { nodes { kind invoice { id status } revision { id number amount { amount } } transaction { id } } }
  }`);
  expect(errors).toBeUndefined();
  const change = { invoice: { id: invoice.id, status: 'VOID' }, revision: null, transaction: null };
  const revised = { ...change, revision: { id: revision.id, number: 1, amount: { amount: '90.00' } } };
  expect(data.billingChanges.nodes).toEqual([
    { ...change, kind: 'INVOICE_CREATED' },
    { ...change, kind: 'DOCUMENTS_READY' },
    { ...revised, kind: 'INVOICE_REVISED' },
    { ...revised, kind: 'DOCUMENTS_READY' },
    { ...change, kind: 'INVOICE_VOIDED' },
  ]);
});

test('a change is of the moment at which it was recorded, but never before an earlier one', async () => {
  const company = await openCompany(service);
  const now = service.clock.now();
  await pay(service, company.id, { amount: '1', idempotencyKey: 'first' });
  service.clock.set(now - 60_000);
  await company.createInvoice('1', 'second');
  await service.runJobs();
  service.clock.set(now + 60_000);
  await pay(service, company.id, { amount: '1', idempotencyKey: 'third' });
  service.clock.set(now);
  const { data } = await company.ask('{ billingChanges { nodes { at } } }');
  const minutes = data.billingChanges.nodes.map(({ at }: { at: string }) => (Date.parse(at) - now) / 60_000);
  expect(minutes).toEqual([0, 0, 0, 1]);
});

test('what is refused, sent again or rolled back is no change', async () => {
  const company = await openCompany(service);
  const first = await company.createInvoice('10', 'key');
  await company.createInvoice('10', 'key');
  await company.createInvoice('11', 'key');
  await company.createInvoice('0', 'other key');
  await pay(service, company.id, { amount: '1', idempotencyKey: 'p', invoiceNumber: 'none' });
  for (const idempotencyKey of ['p', 'p', 'q']) {
    await pay(service, company.id, { amount: '1', idempotencyKey, reference: 'the same' });
  }
  expect((await kinds(company)).map(([kind]) => kind)).toEqual([
    'INVOICE_CREATED',
    'DOCUMENTS_READY',
    'PAYMENT_RECORDED',
  ]);
  expect((await pull(company, null, 1)).changes[0]?.invoiceId).toBe(first.invoice.id);
});

test('the last cursor is given for an empty page too, and goes on where it stands', async () => {
  const company = await openCompany(service);
  const page = async (variables: object) => (await company.ask(PULL, { ...variables })).data.billingChanges;
  const nothing = await page({});
  const { endCursor: start } = nothing.pageInfo;
  const nowhere = { hasNextPage: false, hasPreviousPage: false, startCursor: null };
  expect(nothing).toEqual({ edges: [], pageInfo: { ...nowhere, endCursor: expect.any(String) } });
  expect(await page({ after: start })).toEqual(nothing);

  await company.createInvoice('10', 'first');
  const one = await page({ after: start, first: 1 });
  const [{ cursor }] = one.edges;
  const place = { startCursor: cursor, endCursor: cursor };
  expect(one.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, ...place });
  const two = await page({ after: cursor, first: 1 });
  expect(two.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  expect([...one.edges, ...two.edges]).toEqual((await page({})).edges);
  const last = two.pageInfo.endCursor;
  const empty = { ...nowhere, hasPreviousPage: true, endCursor: last };
  expect(await page({ after: last })).toEqual({ edges: [], pageInfo: empty });
  await pay(service, company.id, { amount: '1', idempotencyKey: 'p' });
  expect((await page({ after: last })).edges.map(({ node }: { node: { kind: string } }) => node.kind)).toEqual([
    'PAYMENT_RECORDED',
  ]);
});

test('a cursor that is forged, ahead, of another list or of another company is refused', async () => {
  const [company, other] = [await openCompany(service), await openCompany(service)];
  for (const one of [company, other]) await one.createInvoice('10', 'first');
  const { endCursor: foreign } = await pull(other, null, 10);
  const { endCursor: own } = await pull(company, null, 10);
  const ofInvoices = (await company.ask('{ invoices { pageInfo { endCursor } } }')).data.invoices.pageInfo.endCursor;
  const written = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const [list] = JSON.parse(Buffer.from(own, 'base64url').toString());
  const strange = 'after: is not a cursor of this list; use one that an earlier page of the same list gave.';
  const ahead = 'after: is ahead of the last change; use a cursor that this service gave, or none to begin anew.';
  const cases: [string, string][] = [
    [foreign, strange],
    [ofInvoices, strange],
    ['', strange],
    ['2', strange],
    [written(list), strange],
    [written(list, -1), strange],
    [written(list, 1.5), strange],
    [written(list, '1'), strange],
    [written(list, 1, 1), strange],
    [written(list, 3), ahead],
    [written(list, 2 ** 53 - 1), ahead],
  ];
  for (const [after, message] of cases) {
    const { data, errors } = await company.ask(PULL, { after });
    expect([after, data.billingChanges]).toEqual([after, null]);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT', field: ['after'] } }]);
  }
  for (const [first, size] of [
    [0, '0'],
    [1001, '1001'],
    [-1, '-1'],
  ]) {
    const { errors } = await company.ask(PULL, { first });
    expect(errors?.[0]?.message).toBe(`first: ${size} is outside 1 to 1000; ask for further pages with a cursor.`);
  }
});

test('while one writer holds its change back no later one can overtake it, so that no reader skips it', async () => {
  const company = await openCompany(service);
  const slow = new Client({ connectionString: service.ownerUrl });
  await slow.connect();
  await slow.query(`BEGIN; INSERT INTO billing.change_lock VALUES (${company.id}, 1, '2026-03-15T12:00:00Z');
    INSERT INTO billing.changes VALUES (${company.id}, 1, 'INVOICE_VOIDED', '2026-03-15T12:00:00Z')`);
  const payment = pay(service, company.id, { amount: '1', idempotencyKey: 'p' });
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  const watcher = new Client({ connectionString: service.ownerUrl });
  await watcher.connect();
  while ((await watcher.query(waiting)).rowCount === 0);
  await watcher.end();
  const before = await pull(company, null, 10);
  expect(before).toMatchObject({ changes: [], hasNextPage: false });
  await slow.query('COMMIT');
  await slow.end();
  const { transaction } = await payment;
  const after = await pull(company, before.endCursor, 10);
  expect(after.changes.map(({ kind, transactionId }) => [kind, transactionId])).toEqual([
    ['INVOICE_VOIDED', null],
    ['PAYMENT_RECORDED', transaction.id],
  ]);
});

test('[GEN-09] changes are read with billing:read, of the token’s own company', async () => {
  const company = await openCompany(service);
  const ask = async (options: object) =>
    service.graph(await service.token(options), '{ billingChanges { nodes { kind } } }');
  const stranger = await ask({ companyId: company.id, scopes: ['billing:write', 'webhooks:write'] });
  expect(stranger.errors?.[0]?.message).toBe('this needs a token with the scope billing:read or staff:finance.');
  const staff = await ask({ companyId: undefined, scopes: ['staff:finance'] });
  expect(staff.errors?.[0]?.message).toBe('this token names no company; use a token with a company_id.');
});
