import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { change, openCompany, pay, RECORD_PAYMENT, tokenOf } from '../billing.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const BALANCE = '{ company { balance { amount { amount } } } }';
const balanceOf = async (company: { ask(query: string): Promise<{ data: { company: { balance: object } } }> }) =>
  (await company.ask(BALANCE)).data.company.balance;

test('[TOP-06] [TXN-04] [TXN-05] [TXN-06] [TXN-07] a payment of an invoice is booked, and what is paid of it rises', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const answer = await pay(service, company.id, {
    invoiceNumber: invoice.number,
    amount: '100.00',
    idempotencyKey: 'p',
    reference: 'bank 7',
  });
  expect(answer).toEqual({
    transaction: {
      id: expect.any(String),
      type: 'DEPOSIT',
      date: '2026-03-15T12:00:00.000+03:00',
      bookedAt: '2026-03-15T15:00:00.000+03:00',
      base: `Payment of invoice ${invoice.number}: 100.00 EUR, reference bank 7`,
      refill: { amount: '100.00', currency: 'EUR' },
      companyNumber: company.id,
      balanceAfter: { amount: '100.00' },
      invoice: { number: invoice.number, status: 'PAID', paid: { amount: '100.00' } },
    },
    balance: { amount: { amount: '100.00', currency: 'EUR' }, asOf: '2026-03-15T15:00:00.000+03:00' },
    userErrors: [],
  });
  expect(await balanceOf(company)).toEqual({ amount: { amount: '100.00' } });
});

test('[TOP-06] what comes in is booked: less makes an invoice partially paid, more makes it paid and is kept', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const states: unknown[] = [];
  for (const [index, amount] of ['40', '59.99', '0.01', '50'].entries()) {
    const input = { invoiceNumber: invoice.number, amount, idempotencyKey: `p${index}` };
    const { transaction } = await pay(service, company.id, input);
    states.push([transaction.invoice.status, transaction.invoice.paid.amount, transaction.balanceAfter.amount]);
  }
  expect(states).toEqual([
    ['PARTIALLY_PAID', '40.00', '40.00'],
    ['PARTIALLY_PAID', '99.99', '99.99'],
    ['PAID', '100.00', '100.00'],
    ['PAID', '150.00', '150.00'],
  ]);
  const { data } = await company.ask(
    'query($number: String!) { invoice(number: $number) { status transactions { refill { amount } invoice { number } } } }',
    { number: invoice.number },
  );
  const booked = ['40.00', '59.99', '0.01', '50.00'].map((amount) => ({
    refill: { amount },
    invoice: { number: invoice.number },
  }));
  expect(data.invoice).toEqual({ status: 'PAID', transactions: booked });
});

test('[TOP-06] a payment without an invoice only adds to the balance', async () => {
  const company = await openCompany(service);
  await company.createInvoice('10', 'i');
  const { transaction } = await pay(service, company.id, { amount: '10', idempotencyKey: 'p', reference: 'r' });
  expect(transaction).toMatchObject({ base: 'Payment: 10.00 EUR, reference r', invoice: null });
  expect((await company.ask('{ invoices { nodes { status paid { amount } } } }')).data.invoices.nodes).toEqual([
    { status: 'OPEN', paid: { amount: '0.00' } },
  ]);
});

test('[TOP-06] a key sent again books nothing and gives the same entry; with another input it is refused', async () => {
  const company = await openCompany(service);
  const input = { amount: '10', idempotencyKey: 'p', reference: 'r' };
  const first = await pay(service, company.id, input);
  await pay(service, company.id, { amount: '1', idempotencyKey: 'p2' });
  expect(await pay(service, company.id, { ...input, amount: '10.00' })).toEqual({
    ...first,
    balance: { ...first.balance, amount: { amount: '11.00', currency: 'EUR' } },
  });
  for (const other of [
    { amount: '11' },
    { reference: 'r2' },
    { paidAt: '2026-03-15T09:00:01Z' },
    { invoiceNumber: 'x' },
  ]) {
    const { transaction, balance, userErrors } = await pay(service, company.id, { ...input, ...other });
    expect([transaction, balance, userErrors]).toEqual([
      null,
      null,
      [expect.objectContaining({ field: ['input', 'idempotencyKey'], code: 'IDEMPOTENCY_CONFLICT' })],
    ]);
  }
  expect(await balanceOf(company)).toEqual({ amount: { amount: '11.00' } });
});

test('[TOP-06] a reference is booked once: under another key it gives the first entry and says so', async () => {
  const company = await openCompany(service);
  const first = await pay(service, company.id, { amount: '10', idempotencyKey: 'a', reference: 'r' });
  const again = await pay(service, company.id, { amount: '12', idempotencyKey: 'b', reference: 'r' });
  expect(again.transaction).toEqual(first.transaction);
  expect(again.userErrors).toEqual([
    {
      field: ['input', 'reference'],
      code: 'DUPLICATE_REFERENCE',
      message: 'reference: the payment "r" is booked already, under another key; it is not booked again.',
    },
  ]);
  expect(await balanceOf(company)).toEqual({ amount: { amount: '10.00' } });
  // References are the company's own.
  const other = await openCompany(service);
  const elsewhere = await pay(service, other.id, { amount: '3', idempotencyKey: 'b', reference: 'r' });
  expect(elsewhere.userErrors).toEqual([]);
});

test('[TOP-06] of one payment sent many times at once, under one key or several, one is booked', async () => {
  const company = await openCompany(service);
  const same = Array.from({ length: 6 }, () =>
    pay(service, company.id, { amount: '5', idempotencyKey: 'one', reference: 'r' }),
  );
  const others = Array.from({ length: 6 }, (_, index) =>
    pay(service, company.id, { amount: '5', idempotencyKey: `other ${index}`, reference: 'r' }),
  );
  const answers = await Promise.all([...same, ...others]);
  expect(new Set(answers.map(({ transaction }) => transaction.id)).size).toBe(1);
  expect(await balanceOf(company)).toEqual({ amount: { amount: '5.00' } });
});

test('[TOP-06] an invoice that is not there, and one of another company, are refused alike', async () => {
  const company = await openCompany(service);
  const other = await openCompany(service);
  const { invoice } = await other.createInvoice('10', 'i');
  const notFound = (number: string) => ({
    transaction: null,
    balance: null,
    userErrors: [
      {
        field: ['input', 'invoiceNumber'],
        code: 'INVOICE_NOT_FOUND',
        message: `invoiceNumber: the company has no invoice "${number}"; give the number of one of its own, or none.`,
      },
    ],
  });
  for (const number of ['T-1999-000001', invoice.number]) {
    const input = { amount: '1', invoiceNumber: number, idempotencyKey: number };
    expect(await pay(service, company.id, input)).toEqual(notFound(number));
  }
  expect(await balanceOf(company)).toEqual({ amount: { amount: '0.00' } });
});

test('[TOP-06] a void invoice takes no payments', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('10', 'i');
  await change(service, `UPDATE billing.invoices SET status = 'VOID' WHERE id = '${invoice.id}'`);
  const answer = await pay(service, company.id, { amount: '1', invoiceNumber: invoice.number, idempotencyKey: 'p' });
  expect([answer.transaction, answer.userErrors]).toEqual([
    null,
    [expect.objectContaining({ field: ['input', 'invoiceNumber'], code: 'INVOICE_VOID' })],
  ]);
  expect(await balanceOf(company)).toEqual({ amount: { amount: '0.00' } });
});

test.each([
  ['amount', '-1', 'INVALID_AMOUNT'],
  ['amount', '0', 'INVALID_AMOUNT'],
  ['amount', '1.005', 'INVALID_AMOUNT'],
  ['amount', '9'.repeat(13), 'INVALID_AMOUNT'],
  ['paidAt', '1999-12-31T23:59:59Z', 'INVALID_PAID_AT'],
  ['paidAt', '2026-03-16T12:00:00.001Z', 'INVALID_PAID_AT'],
  ['reference', ' ', 'INVALID_REFERENCE'],
  ['reference', 'x'.repeat(201), 'INVALID_REFERENCE'],
  ['idempotencyKey', '', 'INVALID_IDEMPOTENCY_KEY'],
  ['idempotencyKey', 'x'.repeat(129), 'INVALID_IDEMPOTENCY_KEY'],
])('[TOP-06] %s %j is refused as %s', async (field, value, code) => {
  const company = await openCompany(service);
  const input = { amount: '1', idempotencyKey: 'k', reference: 'r', [field]: value };
  const { transaction, userErrors } = await pay(service, company.id, input);
  expect([transaction, userErrors]).toEqual([null, [expect.objectContaining({ field: ['input', field], code })]]);
  expect(userErrors[0].message).toMatch(new RegExp(`^${field}: .*give `));
});

test('[TOP-06] payments are recorded for the own company, and for any by the payment system and finance staff', async () => {
  const company = await openCompany(service);
  const other = await openCompany(service);
  const record = async (token: string, companyId: string) => {
    const input = {
      companyId,
      amount: '1',
      paidAt: '2026-03-15T09:00:00Z',
      reference: token.slice(-9),
      idempotencyKey: token.slice(-9),
    };
    const { data, errors } = await service.graph(token, RECORD_PAYMENT, { input });
    return errors?.[0]?.extensions.code ?? data.recordPayment.userErrors[0] ?? 'booked';
  };
  const own = await service.token({ companyId: company.id, scopes: ['payments:write'] });
  const finance = await service.token({ companyId: company.id, scopes: ['staff:finance'] });
  const reader = await service.token({
    companyId: company.id,
    scopes: ['billing:read', 'billing:write', 'staff:platform'],
  });
  const noCompany = (id: string) => ({
    field: ['input', 'companyId'],
    code: 'COMPANY_NOT_FOUND',
    message: `companyId: there is no company "${id}" that this token may book for; give the number of a registered one.`,
  });
  expect(await record(own, company.id)).toBe('booked');
  expect(await record(own, other.id)).toEqual(noCompany(other.id));
  expect(await record(finance, other.id)).toBe('booked');
  expect(await record(reader, company.id)).toBe('FORBIDDEN');
  for (const id of ['987654321', 'x', '007']) {
    expect(await record(await tokenOf(service, 'payments:write'), id)).toEqual(noCompany(id));
    expect(await record(finance, id)).toEqual(noCompany(id));
  }
});
