import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, CREATE_INVOICE, change, openCompany } from '../billing.test-support.ts';
import { closeMonth, sms } from '../months/months.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ INVOICE_NUMBER_FORMAT: '{year}.{kind}-{seq:3}', DATABASE_POOL_SIZE: '8' });
});
afterAll(() => service.stop());

const numbersOf = async (companies: BillingCompany[]): Promise<string[]> => {
  const lists = companies.map((company) => company.ask('{ invoices(first: 1000) { nodes { number } } }'));
  return (await Promise.all(lists)).flatMap(({ data }) =>
    data.invoices.nodes.map(({ number }: { number: string }) => number),
  );
};
const series = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`);

test('[INV-03] a hundred creations of four companies at once, refused, failing and repeated ones among them, take numbers without a gap', async () => {
  const companies = await Promise.all(Array.from({ length: 3 }, () => openCompany(service)));
  const incomplete = await openCompany(service, { details: false });
  for (const company of companies) {
    await company.ingest('messages', [sms('a', '2026-02-10T09:00:00Z')]);
    await closeMonth(service, { month: '2026-02-01', companyId: company.id });
  }
  // What fails does so after it took its number.
  await change(service, 'ALTER TABLE billing.invoices ADD CONSTRAINT injected CHECK (amount_micros <> 7000000)');
  const outcomes = { made: new Set<string>(), refused: 0, failed: 0 };
  const creations = Array.from({ length: 100 }, async (_, request) => {
    // Two requests of each key.
    const pair = Math.floor(request / 2);
    const company = pair % 4 === 3 ? incomplete : (companies[pair % 4] as BillingCompany);
    const amount = pair % 5 === 0 ? '1.001' : pair % 3 === 0 ? '7' : '8';
    const { data, errors } = await company.ask(CREATE_INVOICE, { input: { amount, idempotencyKey: `key ${pair}` } });
    if (errors) outcomes.failed += 1;
    else if (data.createInvoice.invoice) outcomes.made.add(data.createInvoice.invoice.number);
    else outcomes.refused += 1;
  });
  await Promise.all([...creations, service.runJobs(), service.runJobs()]);
  await change(service, 'ALTER TABLE billing.invoices DROP CONSTRAINT injected');
  const pairs = Array.from({ length: 50 }, (_, pair) => pair);
  const refused = pairs.filter((pair) => pair % 5 === 0 || pair % 4 === 3);
  const failed = pairs.filter((pair) => pair % 3 === 0 && !refused.includes(pair));
  const made = pairs.length - refused.length - failed.length;
  expect(outcomes).toEqual({
    made: new Set(series('2026.T', made)),
    refused: 2 * refused.length,
    failed: 2 * failed.length,
  });
  expect((await numbersOf(companies)).toSorted()).toEqual([...series('2026.M', 3), ...series('2026.T', made)]);
  // The key of one that failed is free, and the next number follows.
  const { invoice } = await (companies[1] as BillingCompany).createInvoice('7', 'key 9');
  expect(invoice.number).toBe(series('2026.T', made + 1).at(-1));
}, 60_000);

test('[INV-03] each year begins its own series, by the calendar of the company', async () => {
  const [moscow, newYork] = [await openCompany(service), await openCompany(service, { timeZone: 'America/New_York' })];
  service.clock.set(Date.parse('2026-12-31T22:00:00Z'));
  const first = await moscow.createInvoice('1', 'k');
  const second = await newYork.createInvoice('1', 'k');
  expect(first.invoice.number).toBe('2027.T-001');
  expect(second.invoice.number).toMatch(/^2026\.T-\d{3}$/);
  service.clock.set(Date.parse('2027-01-01T05:00:00Z'));
  expect((await newYork.createInvoice('1', 'l')).invoice.number).toBe('2027.T-002');
});
