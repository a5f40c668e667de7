import { startTestService, type TestService } from '../tests/support/test-service.ts';
import { loadDemoBilling } from './demo-billing.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('the demo company gets details, invoices and payments, once', async () => {
  const company = await service.company();
  const load = () =>
    loadDemoBilling({
      url: service.url,
      companyId: company.id,
      now: service.clock.now(),
      token: (scope, companyId) => service.token({ companyId, scopes: [scope] }),
    });
  await load();
  await load();
  const { data } = await company.graph(`{
    company { balance { amount { amount } } billingReadiness { ready } }
    invoices { nodes { amount { amount } paid { amount } status } }
    accountTransactions { nodes { refill { amount } date } }
  }`);
  const invoices = data.invoices.nodes.map(
    (invoice: { amount: { amount: string }; paid: { amount: string }; status: string }) => {
      return `${invoice.amount.amount} ${invoice.paid.amount} ${invoice.status}`;
    },
  );
  expect(data.company).toEqual({ balance: { amount: { amount: '920.00' } }, billingReadiness: { ready: true } });
  expect(invoices.toSorted()).toEqual(['1000.00 0.00 OPEN', '500.00 500.00 PAID', '750.00 300.00 PARTIALLY_PAID']);
  expect(data.accountTransactions.nodes).toEqual([
    { refill: { amount: '120.00' }, date: '2026-03-10T15:00:00.000+03:00' },
    { refill: { amount: '300.00' }, date: '2026-02-18T15:00:00.000+03:00' },
    { refill: { amount: '500.00' }, date: '2026-01-14T15:00:00.000+03:00' },
  ]);
});
