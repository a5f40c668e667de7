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
      token: (scope, companyId) =>
        service.token({ companyId, scopes: [scope], name: 'Demo Staff', email: 'finance@example.com' }),
      wait: async () => void (await service.runJobs()),
    });
  const sms = (id: string, at: string) => {
    return { id, channel: 'SMS', status: 'DELIVERED', createdAt: at, sentAt: at, statusAt: at, price: '100' };
  };
  await company.ingest('messages', [sms('a', '2026-01-10T09:00:00Z'), sms('b', '2026-02-10T09:00:00Z')]);
  await load();
  await load();
  const { data } = await company.graph(`{
    company { balance { amount { amount } } billingReadiness { ready } }
    invoices { nodes { amount { amount } paid { amount } status revisions { paidAmount { amount } revisedBy { fullName } } } }
    accountTransactions { nodes { refill { amount } date } }
  }`);
  const invoices = data.invoices.nodes.map(
    (invoice: { amount: { amount: string }; paid: { amount: string }; status: string }) => {
      return `${invoice.amount.amount} ${invoice.paid.amount} ${invoice.status}`;
    },
  );
  expect(data.company).toEqual({ balance: { amount: { amount: '800.00' } }, billingReadiness: { ready: true } });
  expect(invoices.toSorted()).toEqual([
    '1000.00 0.00 OPEN',
    '120.00 0.00 PARTIALLY_PAID',
    '120.00 120.00 PAID',
    '500.00 500.00 PAID',
    '750.00 300.00 PARTIALLY_PAID',
  ]);
  const revisions = data.invoices.nodes.flatMap(({ revisions: made }: { revisions: object[] }) => made);
  expect(revisions).toEqual([{ paidAmount: { amount: '50.00' }, revisedBy: { fullName: 'Demo Staff' } }]);
  expect(data.accountTransactions.nodes).toEqual([
    { refill: { amount: '120.00' }, date: '2026-03-14T15:00:00.000+03:00' },
    { refill: { amount: '120.00' }, date: '2026-03-10T15:00:00.000+03:00' },
    { refill: { amount: '300.00' }, date: '2026-02-18T15:00:00.000+03:00' },
    { refill: { amount: '500.00' }, date: '2026-01-14T15:00:00.000+03:00' },
  ]);
});
