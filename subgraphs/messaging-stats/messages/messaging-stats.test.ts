import { startTestService, type TestService } from '../../../tests/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('[MSG-02] [MSG-03] [MSG-04] counts what was sent, delivered and paid of the messages sent in the period', async () => {
  const company = await service.company();
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 10, 9, minute)).toISOString();
  const answer = await company.ingest('messages', [
    {
      id: 'a',
      channel: 'SMS',
      status: 'DELIVERED',
      createdAt: at(0),
      statusAt: at(2),
      sentAt: at(1),
      price: '0.05',
      text: 'x'.repeat(161),
    },
    { id: 'b', channel: 'SMS', status: 'UNDELIVERED', createdAt: at(0), statusAt: at(2), price: '0.0345' },
    { id: 'c', channel: 'VIBER', status: 'PENDING', createdAt: at(0), statusAt: at(3) },
    { id: 'd', channel: 'EMAIL', status: 'ERROR', createdAt: at(0), statusAt: at(3), price: '9' },
  ]);
  expect(answer).toEqual({
    status: 200,
    received: 4,
    inserted: 4,
    updated: 0,
    unchanged: 0,
    waiting: 0,
    rejected: 0,
    errors: [],
  });
  const { data } = await company.graph(`{
    messagingStats(period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }, filter: { timeAxis: SENT_AT }) {
      counters { total sent delivered smsParts unpriced deliveryRate notifications price { amount currency } }
    }
  }`);
  expect(data.messagingStats.counters).toEqual({
    total: 3,
    sent: 3,
    delivered: 1,
    smsParts: 3,
    unpriced: 1,
    deliveryRate: 33.3,
    notifications: 3,
    price: { amount: '0.0845', currency: 'EUR' },
  });
});
