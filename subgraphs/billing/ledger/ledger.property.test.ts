import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany, pay } from '../billing.test-support.ts';

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
  accountTransactions(first: 1000) { nodes { id refill { amount } balanceAfter { amount } } totalCount }
  invoice(number: $number) { status paid { amount } transactions { refill { amount } } }
}`;

const inCents = (amount: string) => Math.round(Number(amount) * 100);
const sum = (entries: { refill: { amount: string } }[]) =>
  entries.reduce((total, { refill }) => total + inCents(refill.amount), 0);

async function readState(company: BillingCompany, number: string) {
  const { data, errors } = await company.ask(STATE, { number });
  expect(errors).toBeUndefined();
  const entries: Entry[] = data.accountTransactions.nodes;
  expect(sum(entries)).toBe(inCents(data.company.balance.amount.amount));
  expect(sum(data.invoice.transactions)).toBe(inCents(data.invoice.paid.amount));
  return { entries, invoice: data.invoice, balance: inCents(data.company.balance.amount.amount) };
}

/** The balances after each entry, put in an order in which each follows from the one before; undefined where there is none. */
function isOneChain(entries: Entry[]): boolean {
  const byStart = new Map(
    entries.map((entry) => [inCents(entry.balanceAfter.amount) - inCents(entry.refill.amount), entry]),
  );
  let at = 0;
  let steps = 0;
  for (let next = byStart.get(at); next; next = byStart.get(at)) {
    at = inCents(next.balanceAfter.amount);
    steps += 1;
  }
  return steps === entries.length;
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
