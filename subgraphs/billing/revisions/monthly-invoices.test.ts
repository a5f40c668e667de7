import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany, pay, revise, voidInvoice } from '../billing.test-support.ts';
import { closeMonth, sms } from '../months/months.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const FEBRUARY = '2026-02-01';
const INVOICE = `query($id: ID!) {
  company { balance { amount { amount } } }
  invoice(id: $id) { status amount { amount } originalAmount { amount } net { amount } tax { amount } rounding { amount }
    lines { service description unit quantity unitPrice amount { amount } tax { amount } }
    transactions { type refill { amount } base balanceAfter { amount } } }
}`;

/** A company with an invoice of 100.00 net and 120.00 in all for February. */
async function billedCompany(): Promise<{ company: BillingCompany; id: string; number: string }> {
  const company = await openCompany(service);
  await company.ingest('messages', [
    sms('a', '2026-02-10T09:00:00Z', '99.99'),
    { ...sms('b', '2026-02-10T09:00:00Z', '0.01'), channel: 'PUSH', smsParts: null },
  ]);
  await closeMonth(service, { month: FEBRUARY, companyId: company.id });
  await service.runJobs();
  const { data } = await company.ask('{ invoices { nodes { id number } } }');
  return { company, ...data.invoices.nodes[0] };
}

async function read(company: BillingCompany, id: string) {
  const { data, errors } = await company.ask(INVOICE, { id });
  expect(errors).toBeUndefined();
  return { ...data.invoice, balance: data.company.balance.amount.amount };
}

test('[INV-11] [INV-12] a revised month is corrected on the account by the difference, and gets a line with it', async () => {
  const { company, id, number } = await billedCompany();
  const issued = await read(company, id);
  expect(issued).toMatchObject({ balance: '-120.00', status: 'OPEN' });
  await revise(service, company.id, { invoiceId: id, reason: 'COST_CHANGE', amount: '150.01', paidAmount: '150.01' });
  const dearer = await read(company, id);
  expect(dearer).toEqual({
    status: 'PAID',
    amount: { amount: '150.01' },
    originalAmount: { amount: '120.00' },
    net: { amount: '125.01' },
    tax: { amount: '25.00' },
    rounding: { amount: '0.00' },
    lines: [
      ...issued.lines,
      {
        service: null,
        description: 'Adjustment',
        unit: 'adjustment',
        quantity: '1',
        unitPrice: '25.01',
        amount: { amount: '25.01' },
        tax: { amount: '5.00' },
      },
    ],
    transactions: [
      ...issued.transactions,
      {
        type: 'ADJUSTMENT',
        refill: { amount: '-30.01' },
        base: `Adjustment of invoice ${number}: -30.01 EUR`,
        balanceAfter: { amount: '-150.01' },
      },
    ],
    balance: '-150.01',
  });
  await revise(service, company.id, { invoiceId: id, expectedRevision: 1, amount: '120' });
  expect(await read(company, id)).toMatchObject({
    ...issued,
    transactions: [...dearer.transactions, { type: 'ADJUSTMENT', refill: { amount: '30.01' } }],
  });
});

test('[INV-12] what a revision states as paid moves no money, and a revision without another amount books nothing', async () => {
  const { company, id } = await billedCompany();
  await revise(service, company.id, { invoiceId: id, reason: 'PREPAYMENT', paidAmount: '20' });
  const { status, balance, transactions, lines } = await read(company, id);
  expect([status, balance, transactions.length, lines.length]).toEqual(['PARTIALLY_PAID', '-120.00', 1, 2]);
});

test('[INV-12] a withdrawn month gives back what it charges now, keeps what was paid, and is final', async () => {
  const { company, id, number } = await billedCompany();
  await pay(service, company.id, { invoiceNumber: number, amount: '50', idempotencyKey: 'p' });
  await revise(service, company.id, { invoiceId: id, amount: '90' });
  const conflict = await voidInvoice(service, company.id, { invoiceId: id });
  expect(conflict.userErrors).toMatchObject([{ field: ['input', 'expectedRevision'], code: 'CONFLICT' }]);
  const answer = await voidInvoice(service, company.id, { invoiceId: id, expectedRevision: 1 });
  expect(answer).toEqual({ invoice: { id, status: 'VOID' }, userErrors: [] });
  const voided = await read(company, id);
  expect(voided).toMatchObject({ status: 'VOID', balance: '50.00', amount: { amount: '90.00' } });
  expect(
    voided.transactions.map((one: { type: string; refill: { amount: string } }) => `${one.type} ${one.refill.amount}`),
  ).toEqual(['CHARGE -120.00', 'DEPOSIT 50.00', 'ADJUSTMENT 30.00', 'ADJUSTMENT 90.00']);
  const isVoid = {
    field: ['input', 'invoiceId'],
    code: 'INVOICE_VOID',
    message: `invoiceId: invoice ${number} is void and stays as it is.`,
  };
  const again = { invoiceId: id, expectedRevision: 1 };
  expect((await voidInvoice(service, company.id, again)).userErrors).toEqual([isVoid]);
  expect((await revise(service, company.id, again)).userErrors).toEqual([isVoid]);
  const late = await pay(service, company.id, { invoiceNumber: number, amount: '1', idempotencyKey: 'late' });
  expect(late.userErrors).toMatchObject([{ code: 'INVOICE_VOID' }]);
  expect((await read(company, id)).balance).toBe('50.00');
});

test('[TOP-02] a top-up that is revised or withdrawn books nothing, as nothing was charged', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  await revise(service, company.id, { invoiceId: invoice.id, amount: '80' });
  await voidInvoice(service, company.id, { invoiceId: invoice.id, expectedRevision: 1 });
  expect(await read(company, invoice.id)).toMatchObject({ status: 'VOID', balance: '0.00', transactions: [] });
});

test.each([
  ['nothing', ''],
  ['blanks', '  '],
  ['1001 characters', 'x'.repeat(1001)],
  ['NUL', 'a\0'],
])('[INV-12] a withdrawal whose reason is %s is refused', async (_, reason) => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const { userErrors } = await voidInvoice(service, company.id, { invoiceId: invoice.id, reason });
  expect(userErrors).toEqual([
    {
      field: ['input', 'reason'],
      code: 'INVALID_REASON',
      message: 'reason: say why it is withdrawn, in 1 to 1000 characters.',
    },
  ]);
});

test('[TXN-02] [TXN-03] [TXN-05] charges and corrections stand in the account’s list where they are asked for', async () => {
  const { company, id, number } = await billedCompany();
  await pay(service, company.id, { amount: '5', idempotencyKey: 'p', paidAt: '2026-03-01T00:00:00Z' });
  await revise(service, company.id, { invoiceId: id, amount: '100' });
  const list = `query($types: [TransactionType!]) { accountTransactions(filter: { types: $types }) {
    nodes { type refill { amount } invoice { number } } totalCount } }`;
  const shown = async (types: string[] | null) => (await company.ask(list, { types })).data.accountTransactions;
  expect(await shown(null)).toMatchObject({ nodes: [{ type: 'DEPOSIT', invoice: null }], totalCount: 1 });
  expect((await shown(['CHARGE'])).nodes).toEqual([
    { type: 'CHARGE', refill: { amount: '-120.00' }, invoice: { number } },
  ]);
  expect((await shown(['ADJUSTMENT', 'REFUND'])).nodes).toMatchObject([{ refill: { amount: '20.00' } }]);
  expect((await shown(['CHARGE', 'ADJUSTMENT', 'DEPOSIT'])).totalCount).toBe(3);
});

test('[INV-01] [INV-13] [INV-14] a month is found by every period that overlaps it, whenever it was issued, and by its kind and number', async () => {
  const { company, id, number } = await billedCompany();
  await company.createInvoice('1', 'k');
  const list = 'query($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { id } } }';
  const isFound = async (filter: object) => {
    const { data, errors } = await company.ask(list, { filter: { kinds: ['MONTHLY'], ...filter } });
    expect(errors).toBeUndefined();
    return data.invoices.nodes.some((one: { id: string }) => one.id === id);
  };
  const dates = (startDate: string, endDate: string, startTime?: string) => ({
    period: { dates: { startDate, endDate, startTime } },
  });
  const found = await Promise.all([
    isFound(dates('2026-02-01', '2026-02-28')),
    isFound(dates('2026-02-28', '2026-03-31', '23:59:59')),
    isFound(dates('2026-01-01', '2026-02-01')),
    isFound({ number }),
    isFound({ number: 'M-2026-' }),
    isFound({ statuses: ['OPEN'], createdAt: { preset: 'TODAY' }, updatedAt: { preset: 'TODAY' } }),
  ]);
  expect(found).toEqual([true, true, true, true, true, true]);
  const lost = await Promise.all([
    isFound(dates('2026-03-01', '2026-03-31')),
    isFound(dates('2026-01-01', '2026-01-31')),
    isFound({ ...dates('2026-02-01', '2026-02-28'), kinds: ['TOP_UP'] }),
    isFound({ createdAt: { dates: { startDate: '2026-02-01', endDate: '2026-02-28' } } }),
  ]);
  expect(lost).toEqual([false, false, false, false]);
});
