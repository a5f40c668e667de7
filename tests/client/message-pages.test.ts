import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { runOperation } from './documents.ts';
import { BY_DAY, sendMessages } from './page-data.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await sendMessages(company);
});
afterAll(() => service.stop());

test('[MSG-01][MSG-02][MSG-03][MSG-04][MSG-05][MSG-10] Analytics answers the page whole', async () => {
  const { data } = await runOperation(company, 'Analytics', BY_DAY);
  const sms = { sent: 1, delivered: 1, deliveryRate: 100, price: { amount: '0.05', currency: 'EUR' }, unpriced: 0 };
  const viber = { sent: 1, delivered: 0, deliveryRate: 0, price: { amount: '0.00', currency: 'EUR' }, unpriced: 1 };
  expect(data.messagingStats).toMatchObject({
    counters: { sent: 2, delivered: 1, deliveryRate: 50, price: { amount: '0.05', currency: 'EUR' }, unpriced: 1 },
    byChannel: [
      { keys: ['SMS'], share: 50, counters: sms },
      { keys: ['VIBER'], share: 50, counters: viber },
    ],
    sentByTime: {
      lines: [
        { keys: ['SMS'], sent: [1, 0, 0], delivered: [1, 0, 0] },
        { keys: ['VIBER'], sent: [0, 1, 0], delivered: [0, 0, 0] },
      ],
    },
    previous: { counters: { sent: 0 } },
  });
});

test('[NOT-17][NOT-18][NOT-19][NOT-20][NOT-21][NOT-22][NOT-23] Notification graphs answer the page whole', async () => {
  const { data } = await runOperation(company, 'NotificationGraphs', BY_DAY);
  const row = (key: string, total: number, share: number) => ({ keys: [key], share, counters: { total } });
  expect(data.created).toMatchObject({
    counters: { total: 3, notifications: 2 },
    byStatus: [row('DELIVERED', 1, 33.3), row('ERROR', 1, 33.3), row('UNDELIVERED', 1, 33.3)],
    byShortStatus: [row('NOT_DELIVERED', 2, 66.7), row('DELIVERED', 1, 33.3)],
  });
  expect(data.sent).toMatchObject({
    counters: { sent: 2, smsParts: 2 },
    byChannel: [
      { keys: ['SMS'], counters: { sent: 1 } },
      { keys: ['VIBER'], counters: { sent: 1 } },
    ],
    byChannelAndTime: {
      lines: [
        { keys: ['SMS'], sent: [1, 0, 0], delivered: [1, 0, 0], smsParts: [2, 0, 0] },
        { keys: ['VIBER'], sent: [0, 1, 0], delivered: [0, 0, 0], smsParts: [0, 0, 0] },
      ],
    },
  });
});

test('[NOT-24][NOT-25] the statuses of one channel come by day, in numbers and in percent', async () => {
  const { data } = await runOperation(company, 'ChannelStatuses', { ...BY_DAY, channel: 'VIBER' });
  expect(data.messagingStats.byStatusAndTime).toMatchObject({
    lines: [
      { keys: ['ERROR'], total: [1, 0, 0], share: [50, null, null] },
      { keys: ['UNDELIVERED'], total: [1, 0, 0], share: [50, null, null] },
    ],
    omittedLines: 0,
  });
});
