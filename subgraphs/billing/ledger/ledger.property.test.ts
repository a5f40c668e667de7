import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany, pay, revise, voidInvoice } from '../billing.test-support.ts';
import { closeMonth, sms } from '../months/months.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ DATABASE_POOL_SIZE: '8' });
});
afterAll(() => service.stop());

interface Payment {
  /** In cents. */
  cents: number;
  reference: number;
  toInvoice: boolean;
}

interface Entry {
  id: string;
  refill: { amount: string };
  balanceAfter: { amount: string };
}

/** Everything at one moment: the ledger, the balance beside it, and the invoice. */
const STATE = `query($number: String!) {
  company { balance { amount { amount } } }
  accountTransactions(first: 1000, filter: { types: [DEPOSIT, CHARGE, ADJUSTMENT, REFUND] }) { nodes { id refill { amount } balanceAfter { amount } } totalCount }
  invoice(number: $number) { kind status amount { amount } paid { amount } transactions { type refill { amount } } }
}`;

const inCents = (amount: string) => Math.round(Number(amount) * 100);
const sum = (entries: { refill: { amount: string } }[]) =>
  entries.reduce((total, { refill }) => total + inCents(refill.amount), 0);

async function readState(company: BillingCompany, number: string) {
  const { data, errors } = await company.ask(STATE, { number });
  expect(errors).toBeUndefined();
  const entries: Entry[] = data.accountTransactions.nodes;
  expect(sum(entries)).toBe(inCents(data.company.balance.amount.amount));
  const { kind, status, amount, paid, transactions } = data.invoice;
  const charged = kind === 'MONTHLY' && status !== 'VOID' ? inCents(amount.amount) : 0;
  expect(sum(transactions)).toBe(inCents(paid.amount) - charged);
  return { entries, invoice: data.invoice, balance: inCents(data.company.balance.amount.amount) };
}

/**
 * Whether the entries can be put in an order in which each begins where the one before has ended, from 0 on: each is a step
 * from one balance to another, and there is a way that takes every step once.
 */
function isOneChain(entries: Entry[]): boolean {
  const steps = entries.map(({ refill, balanceAfter }) => {
    const to = inCents(balanceAfter.amount);
    return { from: to - inCents(refill.amount), to };
  });
  const reached = new Set([0]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { from, to } of steps) if (reached.has(from)) reached.add(to);
  }
  const surplus = (balance: number) =>
    steps.filter(({ from }) => from === balance).length - steps.filter(({ to }) => to === balance).length;
  const open = [...reached].filter((balance) => surplus(balance) !== 0);
  const isWay = open.length === 0 || (open.length === 2 && surplus(0) === 1);
  return isWay && steps.every(({ from }) => reached.has(from));
}

test('[TOP-01] [TOP-06] at every moment the ledger adds up to the balance, however many payments come at once', async () => {
  const payment = fc.record({
    cents: fc.integer({ min: 1, max: 9_999 }),
    reference: fc.nat(14),
    toInvoice: fc.boolean(),
  });
  const property = async (payments: Payment[]) => {
    const company = await openCompany(service);
    const { invoice } = await company.createInvoice('100', 'i');
    const booked = new Map<number, Payment>();
    const sent = payments.map(async ({ cents, reference, toInvoice }, index) => {
      const answer = await pay(service, company.id, {
        amount: (cents / 100).toFixed(2),
        idempotencyKey: `key ${index}`,
        reference: `reference ${reference}`,
        invoiceNumber: toInvoice ? invoice.number : null,
      });
      if (answer.userErrors.length === 0) booked.set(index, { cents, reference, toInvoice });
      await readState(company, invoice.number);
    });
    await Promise.all(sent);
    const state = await readState(company, invoice.number);
    const all = [...booked.values()];
    const paid = all.filter(({ toInvoice }) => toInvoice).reduce((total, { cents }) => total + cents, 0);
    expect(new Set(all.map(({ reference }) => reference)).size).toBe(all.length);
    expect(all.length).toBe(new Set(payments.map(({ reference }) => reference)).size);
    expect(state.balance).toBe(all.reduce((total, { cents }) => total + cents, 0));
    expect(inCents(state.invoice.paid.amount)).toBe(paid);
    expect(state.invoice.status).toBe(paid >= 10_000 ? 'PAID' : paid > 0 ? 'PARTIALLY_PAID' : 'OPEN');
    expect(isOneChain(state.entries)).toBe(true);
  };
  await fc.assert(fc.asyncProperty(fc.array(payment, { minLength: 1, maxLength: 24 }), property), { numRuns: 6 });
}, 120_000);

const MONTHS = ['2025-12-10', '2026-01-10', '2026-02-10'];

test('[TOP-01] [INV-12] and so it does when months are charged, revised and withdrawn while payments come in', async () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('pay' as const), cents: fc.integer({ min: 1, max: 9_999 }) }),
    fc.record({
      kind: fc.constant('revise' as const),
      cents: fc.integer({ min: 0, max: 20_000 }),
      seen: fc.nat(3),
    }),
    fc.record({ kind: fc.constant('void' as const), seen: fc.nat(3) }),
    fc.record({ kind: fc.constant('close' as const), month: fc.nat(2) }),
  );
  type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
  const property = async (acts: Act[]) => {
    const company = await openCompany(service);
    const lines = MONTHS.map((day, index) => sms(day, `${day}T09:00:00Z`, `${index + 1}.23`));
    await company.ingest('messages', lines);
    await closeMonth(service, { month: MONTHS[0], companyId: company.id });
    await service.runJobs();
    const { data } = await company.ask('{ invoices { nodes { id number } } }');
    const [{ id: invoiceId, number }] = data.invoices.nodes;
    let deposits = 0;
    const perform = async (one: Act, index: number) => {
      if (one.kind === 'pay') {
        const invoiceNumber = index % 2 ? number : null;
        const input = { amount: (one.cents / 100).toFixed(2), idempotencyKey: `k${index}`, invoiceNumber };
        const { userErrors } = await pay(service, company.id, input);
        if (userErrors.length === 0) deposits += one.cents;
      } else if (one.kind === 'revise') {
        const amount = (one.cents / 100).toFixed(2);
        await revise(service, company.id, { invoiceId, expectedRevision: one.seen, amount });
      } else if (one.kind === 'void') {
        await voidInvoice(service, company.id, { invoiceId, expectedRevision: one.seen });
      } else {
        await closeMonth(service, { month: MONTHS[one.month], companyId: company.id });
        await service.runJobs();
      }
      await readState(company, number);
    };
    await Promise.all(acts.map(perform));
    const state = await readState(company, number);
    const monthly = await company.ask('{ invoices { nodes { status amount { amount } } } }');
    const owed = monthly.data.invoices.nodes
      .filter(({ status }: { status: string }) => status !== 'VOID')
      .reduce((total: number, { amount }: { amount: { amount: string } }) => total + inCents(amount.amount), 0);
    expect(state.balance).toBe(deposits - owed);
    expect(isOneChain(state.entries)).toBe(true);
  };
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 16 }), property), {
    numRuns: 5,
    endOnFailure: true,
  });
}, 120_000);
