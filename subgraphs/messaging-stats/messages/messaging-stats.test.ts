import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, BY_SENDING, COUNTERS, DAY, line, NO_COUNTERS, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const YESTERDAY = { dates: { startDate: '2026-03-09', endDate: '2026-03-09' } };

test('[MSG-01] [MSG-02] [MSG-03] [MSG-04] counts what was sent, delivered and paid of the messages sent in the period', async () => {
  const company = await service.company();
  const answer = await company.ingest('messages', [
    line('a', { statusAt: at('09:02'), sentAt: at('09:01'), price: '0.05', text: 'x'.repeat(161) }),
    line('b', { status: 'UNDELIVERED', statusAt: at('09:02'), price: '0.0345' }),
    line('c', { channel: 'VIBER', status: 'PENDING', statusAt: at('09:03') }),
    line('d', { channel: 'EMAIL', status: 'ERROR', statusAt: at('09:03'), price: '9' }),
  ]);
  const counts = { received: 4, inserted: 4, updated: 0, unchanged: 0, waiting: 0, rejected: 0 };
  expect(answer).toEqual({ status: 200, ...counts, errors: [] });
  expect(await stats(company, `currency ${COUNTERS}`, { filter: BY_SENDING })).toEqual({
    currency: 'EUR',
    counters: {
      total: 3,
      sent: 3,
      delivered: 1,
      smsParts: 3,
      unpriced: 1,
      deliveryRate: 33.3,
      notifications: 3,
      price: { amount: '0.0845', currency: 'EUR' },
    },
  });
});

test('[MSG-02] [MSG-03] places a message by its creation, or by its sending if asked, and counts it as delivered in the period of either', async () => {
  const company = await service.company();
  // Created at 23:59 in Moscow, sent a minute later on the next day, delivered two days after that.
  await company.ingest('messages', [
    line('a', {
      createdAt: '2026-03-09T20:59:00Z',
      status: 'PENDING',
      statusAt: '2026-03-09T21:00:00Z',
      price: '0.01',
    }),
    line('a', { createdAt: '2026-03-09T20:59:00Z', statusAt: '2026-03-12T09:00:00Z' }),
  ]);
  const one = {
    counters: {
      ...NO_COUNTERS,
      total: 1,
      notifications: 1,
      sent: 1,
      delivered: 1,
      smsParts: 1,
      price: { amount: '0.01', currency: 'EUR' },
      deliveryRate: 100,
    },
  };
  const nothing = { counters: NO_COUNTERS };
  expect(await stats(company, COUNTERS, { period: YESTERDAY })).toEqual(one);
  expect(await stats(company, COUNTERS, { period: YESTERDAY, filter: BY_SENDING })).toEqual(nothing);
  expect(await stats(company, COUNTERS, { period: DAY })).toEqual(nothing);
  expect(await stats(company, COUNTERS, { period: DAY, filter: BY_SENDING })).toEqual(one);
});

test('[MSG-02] [NOT-10] a message that fails before its sending is not sent, one that fails after it is, and totals by sending equal sent', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('before', { status: 'ERROR' }),
    line('after', { status: 'PENDING' }),
    line('after', { status: 'ERROR', statusAt: at('09:05') }),
    line('named', { status: 'CANCELED', sentAt: at('09:01') }),
    ...['CREATED', 'DELAYED', 'CANCELED', 'CREATED_OPTIONAL', 'OMITTED_OPTIONAL'].map((status) =>
      line(status, { status }),
    ),
  ]);
  const selection = 'counters { total sent delivered deliveryRate }';
  expect(await stats(company, selection)).toEqual({ counters: { total: 8, sent: 2, delivered: 0, deliveryRate: 0 } });
  expect(await stats(company, selection, { filter: BY_SENDING })).toEqual({
    counters: { total: 2, sent: 2, delivered: 0, deliveryRate: 0 },
  });
});

test('[MSG-05..09] [NOT-02] [NOT-20] tells sent, delivered and price of every channel apart', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('s1', { price: '1' }),
    line('s2', { price: '0.5' }),
    line('s3', { status: 'UNDELIVERED' }),
    line('v1', { channel: 'VIBER', price: '0.2' }),
    line('v2', { channel: 'VIBER', status: 'PENDING', price: '0.2' }),
    line('e1', { channel: 'EMAIL', price: '0.001' }),
    line('e2', { channel: 'EMAIL', status: 'ERROR' }),
    line('w1', { channel: 'WHATSAPP', price: '0.07' }),
    line('p1', { channel: 'PUSH', price: '0' }),
  ]);
  const selection = `breakdown(by: [CHANNEL]) {
    keys labels share counters { sent delivered smsParts deliveryRate price { amount currency } unpriced }
  }`;
  const row = (
    key: string,
    label: string,
    share: number,
    [sent, delivered, smsParts, deliveryRate, amount, unpriced]: (number | string)[],
  ) => ({
    keys: [key],
    labels: [label],
    share,
    counters: { sent, delivered, smsParts, deliveryRate, price: { amount, currency: 'EUR' }, unpriced },
  });
  const { breakdown } = await stats(company, selection, { filter: BY_SENDING });
  expect(breakdown).toEqual([
    row('SMS', 'SMS', 37.5, [3, 2, 3, 66.7, '1.50', 1]),
    row('VIBER', 'Viber', 25, [2, 1, 0, 50, '0.40', 0]),
    row('EMAIL', 'E-mail', 12.5, [1, 1, 0, 100, '0.001', 0]),
    row('PUSH', 'Push', 12.5, [1, 1, 0, 100, '0.00', 0]),
    row('WHATSAPP', 'WhatsApp', 12.5, [1, 1, 0, 100, '0.07', 0]),
  ]);
  const ofOne = await stats(company, selection, { filter: { ...BY_SENDING, channels: ['VIBER'] } });
  expect(ofOne.breakdown).toEqual([row('VIBER', 'Viber', 100, [2, 1, 0, 50, '0.40', 0])]);
});

const STATUSES = [
  ['NOT-05', 'CREATED', 'Created', 0, 0],
  ['NOT-06', 'PENDING', 'Pending', 1, 0],
  ['NOT-07', 'DELIVERED', 'Delivered', 1, 1],
  ['NOT-08', 'UNDELIVERED', 'Undelivered', 1, 0],
  ['NOT-09', 'CANCELED', 'Canceled', 0, 0],
  ['NOT-10', 'ERROR', 'Error', 0, 0],
  ['NOT-11', 'DELAYED', 'Delayed', 0, 0],
  ['NOT-12', 'CREATED_OPTIONAL', 'Created, optional', 0, 0],
  ['NOT-13', 'OMITTED_OPTIONAL', 'Omitted, optional', 0, 0],
] as const;

test.each(STATUSES)('[%s] [NOT-03] the filter for %s keeps only those', async (_id, status, label, sent, delivered) => {
  const company = await service.company();
  await company.ingest(
    'messages',
    STATUSES.map(([, each]) => line(each, { status: each })),
  );
  const selection = 'counters { total sent delivered } breakdown(by: [STATUS]) { keys labels share }';
  expect(await stats(company, selection, { filter: { statuses: [status] } })).toEqual({
    counters: { total: 1, sent, delivered },
    breakdown: [{ keys: [status], labels: [label], share: 100 }],
  });
});

test('[NOT-01] [NOT-04] [NOT-17] without a filter all statuses are counted, each in a row of its own', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('extra', { status: 'PENDING' }),
    ...STATUSES.map(([, status]) => line(status, { status })),
  ]);
  const { counters, breakdown } = await stats(
    company,
    'counters { total } breakdown(by: [STATUS]) { keys share counters { total } }',
  );
  const row = (status: string, total: number) => ({ keys: [status], share: total * 10, counters: { total } });
  const others = STATUSES.map(([, status]) => status).filter((status) => status !== 'PENDING');
  expect(counters).toEqual({ total: 10 });
  expect(breakdown).toEqual([row('PENDING', 2), ...others.toSorted().map((status) => row(status, 1))]);
});

test('[NOT-18] puts the nine statuses into four short ones, which filter and group alike', async () => {
  const company = await service.company();
  await company.ingest(
    'messages',
    STATUSES.map(([, status]) => line(status, { status })),
  );
  const { breakdown } = await stats(company, 'breakdown(by: [SHORT_STATUS]) { keys labels share counters { total } }');
  expect(breakdown).toEqual([
    { keys: ['IN_PROGRESS'], labels: ['In progress'], share: 44.4, counters: { total: 4 } },
    { keys: ['NOT_DELIVERED'], labels: ['Not delivered'], share: 22.2, counters: { total: 2 } },
    { keys: ['NOT_SENT'], labels: ['Not sent'], share: 22.2, counters: { total: 2 } },
    { keys: ['DELIVERED'], labels: ['Delivered'], share: 11.1, counters: { total: 1 } },
  ]);
  const membersOf = async (short: string) => {
    const { breakdown: rows } = await stats(company, 'breakdown(by: [STATUS]) { keys }', {
      filter: { shortStatuses: [short] },
    });
    return rows.flatMap(({ keys }: { keys: string[] }) => keys);
  };
  expect(await membersOf('IN_PROGRESS')).toEqual(['CREATED', 'CREATED_OPTIONAL', 'DELAYED', 'PENDING']);
  expect(await membersOf('DELIVERED')).toEqual(['DELIVERED']);
  expect(await membersOf('NOT_DELIVERED')).toEqual(['ERROR', 'UNDELIVERED']);
  expect(await membersOf('NOT_SENT')).toEqual(['CANCELED', 'OMITTED_OPTIONAL']);
});

test('[NOT-19] [NOT-13] a cascade over several channels is several messages and one notification, wherever it is counted', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('try 1', { channel: 'PUSH', status: 'OMITTED_OPTIONAL', notificationId: 'order' }),
    line('try 2', { channel: 'VIBER', status: 'UNDELIVERED', createdAt: at('09:01'), notificationId: 'order' }),
    line('try 3', { createdAt: at('10:00'), notificationId: 'order' }),
    // The first attempt may itself be the notification's id.
    line('root', { channel: 'VIBER', status: 'ERROR' }),
    line('next', { createdAt: at('09:01'), notificationId: 'root' }),
    line('alone'),
  ]);
  const answer = await stats(
    company,
    `counters { total notifications } breakdown(by: [CHANNEL]) { keys counters { total notifications } }
     series(granularity: HOUR) { lines { total notifications } }`,
    { period: { range: { from: at('09:00'), to: at('11:00') } } },
  );
  expect(answer).toEqual({
    counters: { total: 6, notifications: 3 },
    breakdown: [
      { keys: ['SMS'], counters: { total: 3, notifications: 3 } },
      { keys: ['VIBER'], counters: { total: 2, notifications: 2 } },
      { keys: ['PUSH'], counters: { total: 1, notifications: 1 } },
    ],
    series: { lines: [{ total: [5, 1], notifications: [3, 1] }] },
  });
  expect(await stats(company, 'counters { total notifications }', { filter: { channels: ['VIBER', 'PUSH'] } })).toEqual(
    {
      counters: { total: 3, notifications: 2 },
    },
  );
});

test('[NOT-21] [NOT-22] messages sent and delivered by channel and day stand on the day of their sending', async () => {
  const company = await service.company();
  const sentOn = (day: string) => ({ createdAt: '2026-03-08T10:00:00Z', sentAt: `${day}T20:59:59.999Z` });
  await company.ingest('messages', [
    line('a', { ...sentOn('2026-03-09'), statusAt: '2026-03-12T10:00:00Z' }),
    line('b', { ...sentOn('2026-03-09'), status: 'UNDELIVERED' }),
    line('c', { ...sentOn('2026-03-10') }),
    line('d', { ...sentOn('2026-03-11'), channel: 'VIBER' }),
  ]);
  const selection = 'series(granularity: DAY, by: [CHANNEL]) { lines { keys sent delivered deliveryRate } }';
  const period = { dates: { startDate: '2026-03-09', endDate: '2026-03-11' } };
  expect(await stats(company, selection, { period, filter: BY_SENDING })).toEqual({
    series: {
      lines: [
        { keys: ['SMS'], sent: [2, 1, 0], delivered: [1, 1, 0], deliveryRate: [50, 100, null] },
        { keys: ['VIBER'], sent: [0, 0, 1], delivered: [0, 0, 1], deliveryRate: [null, null, 100] },
      ],
    },
  });
});

test('[NOT-24] [NOT-25] Viber by statuses and days in numbers and in percent of the day, null on a day without messages', async () => {
  const company = await service.company();
  const viber = (id: string, day: number, status: string) =>
    line(id, { channel: 'VIBER', status, createdAt: `2026-03-${day}T10:00:00Z` });
  await company.ingest('messages', [
    viber('a', 10, 'DELIVERED'),
    viber('b', 10, 'DELIVERED'),
    viber('c', 10, 'UNDELIVERED'),
    viber('d', 12, 'UNDELIVERED'),
    viber('e', 12, 'DELIVERED'),
    line('another channel', { createdAt: '2026-03-11T10:00:00Z' }),
  ]);
  const selection = 'series(granularity: DAY, by: [STATUS]) { lines { labels total share } omittedLines }';
  const period = { dates: { startDate: '2026-03-10', endDate: '2026-03-12' } };
  expect(await stats(company, selection, { period, filter: { channels: ['VIBER'] } })).toEqual({
    series: {
      lines: [
        { labels: ['Delivered'], total: [2, 0, 1], share: [66.7, null, 50] },
        { labels: ['Undelivered'], total: [1, 0, 1], share: [33.3, null, 50] },
      ],
      omittedLines: 0,
    },
  });
});
