import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { coverOf, download, form, message, PERIOD } from '../reports/report.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

/** A moment as a sheet shows it: the clocks of Moscow, read as if they were UTC. */
const clock = (day: number, time = '10:00:00') => new Date(`2026-03-${String(day).padStart(2, '0')}T${time}Z`);
const details = (name: string, more: object = {}) => ({ type: 'DETAILS', service: name, ...more });

test('[REP-05] [REP-16] details of a channel are its messages one by one, newest first, and their total is that of the graph', async () => {
  await company.ingest('messages', [
    message('a', 1, { price: '0.0345', smsParts: 2, notificationId: 'n' }),
    message('=b', 2, { status: 'ERROR', sentAt: undefined, price: '7', errorCode: '-1', smsParts: 3 }),
    message('c', 3, { status: 'PENDING', smsParts: 4 }),
    message('other', 3, { channel: 'VIBER' }),
  ]);
  const { file, rowCount, name } = await form(service, company, details('SMS'));
  const row = (id: string, notification: string, status: string, at: Date, ...rest: unknown[]) => {
    return [id, notification, status, at, ...rest];
  };
  const rows = await download(service, file.url);
  expect(rows).toEqual([
    [
      ...['Message ID', 'Notification ID', 'Status', 'Created (Europe/Moscow)', 'Sent at (Europe/Moscow)'],
      ...['Status since (Europe/Moscow)', 'SMS parts', 'Price, EUR', 'Error code', 'Went on by'],
    ],
    row('c', 'c', 'Pending', clock(3), clock(3), clock(3), 4, null, null, null),
    row('=b', '=b', 'Error', clock(2), null, clock(2), 3, 7, '-1', null),
    row('a', 'n', 'Delivered', clock(1), clock(1), clock(1), 2, 0.0345, null, null),
    ['Total', null, null, null, null, null, 6, 0.0345, null, null],
  ]);
  const { data } = await company.graph(
    `query Totals($period: PeriodInput!) { messagingStats(period: $period, filter: { channels: [SMS] }) {
      counters { total smsParts price { amount } } } }`,
    { period: PERIOD },
  );
  const { total, smsParts, price } = data.messagingStats.counters;
  expect([rowCount, rows.at(-1)?.[6], rows.at(-1)?.[7]]).toEqual([total, smsParts, Number(price.amount)]);
  expect(name).toBe('SMS details 2026-03-01 – 2026-03-10');
  expect(await coverOf(service, file.url)).toEqual({
    Name: 'SMS details 2026-03-01 – 2026-03-10',
    Company: `Company ${company.id}`,
    Report: 'Details, row by row',
    'From (included)': clock(1, '00:00:00'),
    'To (not included)': clock(11, '00:00:00'),
    'Time zone': 'Europe/Moscow',
    Filters: 'Service: SMS; messages by the time of their creation',
    Currency: 'EUR',
    'Data as of': clock(15, '15:00:00'),
    Consistency: 'All rows are of one moment: everything received up to "Data as of" is included, nothing later.',
    Formed: clock(15, '15:00:00'),
    'Rows: Messages': 3,
  });
});

const CHATS = [
  [
    'directory',
    [
      { kind: 'CHAT', id: 'site', name: 'Сайт', messenger: 'WEB' },
      { kind: 'OPERATOR', id: 'o1', name: 'Анна' },
    ],
  ],
  [
    'dialogues',
    [
      {
        id: 'd1',
        chatId: 'site',
        messenger: 'WEB',
        botId: 'b1',
        startedAt: '2026-03-02T10:00:00+03:00',
        closedAt: '2026-03-02T11:00:00+03:00',
      },
      { id: 'd2', chatId: 'site', messenger: 'WEB', startedAt: '2026-03-05T10:00:00+03:00' },
    ],
  ],
  [
    'chat-messages',
    [
      { id: 'm1', dialogueId: 'd1', author: 'CLIENT', sentAt: '2026-03-02T10:01:00+03:00' },
      {
        id: 'm2',
        dialogueId: 'd1',
        author: 'OPERATOR',
        operatorId: 'o1',
        sentAt: '2026-03-02T10:02:00+03:00',
        price: '0.25',
      },
      { id: 'm3', dialogueId: 'd2', author: 'CLIENT', sentAt: '2026-03-11T10:02:00+03:00' },
    ],
  ],
] as const;

async function sendChats(): Promise<void> {
  for (const [kind, lines] of CHATS) {
    expect(await company.ingest(kind, lines)).toMatchObject({ status: 200, rejected: 0, waiting: 0 });
  }
}

test('[REP-04] [REP-16] details of chats are a sheet of dialogues and a sheet of their messages, in Russian too', async () => {
  await sendChats();
  const { file, rowCount } = await form(service, company, details('CHATS', { locale: 'RU' }));
  expect(rowCount).toBe(4);
  expect(await download(service, file.url, 'Диалоги')).toEqual([
    [
      ...['ID диалога', 'Чат', 'Мессенджер', 'Бот', 'Операторы', 'Начало (Europe/Moscow)', 'Закрыт (Europe/Moscow)'],
      ...['Сообщений клиента', 'Сообщений бота', 'Сообщений оператора', 'Стоимость, EUR'],
    ],
    ['d2', 'Сайт', 'WEB', null, null, clock(5), null, 1, 0, 0, 0],
    ['d1', 'Сайт', 'WEB', 'b1', 'Анна', clock(2), clock(2, '11:00:00'), 1, 0, 1, 0.25],
    ['Итого', null, null, null, null, null, null, 2, 0, 1, 0.25],
  ]);
  const messages = await download(service, file.url, 'Сообщения чатов');
  expect(messages).toEqual([
    ['ID сообщения', 'ID диалога', 'Автор', 'Оператор', 'Время отправки (Europe/Moscow)', 'Стоимость, EUR'],
    ['m2', 'd1', 'Оператор', 'Анна', clock(2, '10:02:00'), 0.25],
    ['m1', 'd1', 'Клиент', null, clock(2, '10:01:00'), null],
    ['Итого', null, null, null, null, 0.25],
  ]);
  const { data } = await company.graph(
    `query Totals($period: PeriodInput!) { chatStats(period: $period) {
      dialogues { counters { total } } messages { counters { total price { amount } } } } }`,
    { period: PERIOD },
  );
  expect(data.chatStats).toEqual({
    dialogues: { counters: { total: 2 } },
    messages: { counters: { total: messages.length - 2, price: { amount: '0.25' } } },
  });
  expect(await coverOf(service, file.url)).toMatchObject({ 'Строк: Диалоги': 2, 'Строк: Сообщения чатов': 2 });
});

test('[REP-04] [REP-16] details of calls are one row a call, and their total is that of the graph', async () => {
  const call = (id: string, day: number, more: object) => {
    const at = (time: string) => `2026-03-${String(day).padStart(2, '0')}T${time}+03:00`;
    const answered = {
      status: 'ANSWERED',
      answeredAt: at('10:00:05'),
      endedAt: at('10:01:00'),
      statusAt: at('10:01:00'),
    };
    return { id, direction: 'INBOUND', startedAt: at('10:00:00'), ...answered, ...more };
  };
  await company.ingest('directory', [{ kind: 'TRUNK', id: 't', name: 'Trunk +1' }]);
  await company.ingest('calls', [
    call('a', 1, { trunkId: 't', operatorId: 'o', price: '0.1', evaluation: '5' }),
    call('b', 2, { direction: 'OUTBOUND', status: 'BUSY', answeredAt: undefined, cause: '17', botId: 'bot' }),
  ]);
  const { file } = await form(service, company, details('CALLS'));
  const rows = await download(service, file.url);
  expect(rows).toEqual([
    [
      ...[
        'Call ID',
        'Direction',
        'Status',
        'Started (Europe/Moscow)',
        'Answered at (Europe/Moscow)',
        'Ended (Europe/Moscow)',
      ],
      ...['Talk time, s', 'Trunk', 'Bot', 'Operator', 'Evaluation', 'Cause', 'Price, EUR'],
    ],
    ['b', 'Outbound', 'Busy', clock(2), null, clock(2, '10:01:00'), 0, null, 'bot', null, null, '17', null],
    [
      'a',
      'Inbound',
      'Answered',
      clock(1),
      clock(1, '10:00:05'),
      clock(1, '10:01:00'),
      55,
      'Trunk +1',
      null,
      'o',
      '5',
      null,
      0.1,
    ],
    ['Total', null, null, null, null, null, 55, null, null, null, null, null, 0.1],
  ]);
  const { data } = await company.graph(
    'query Totals($period: PeriodInput!) { telephonyStats(period: $period) { counters { total talkSeconds price { amount } } } }',
    { period: PERIOD },
  );
  expect(data.telephonyStats.counters).toEqual({ total: 2, talkSeconds: 55, price: { amount: '0.10' } });
});

test('[REP-01] [REP-05] [REP-16] payments are every movement of the account, and their total is the balance', async () => {
  const pay = async (reference: string, amount: string, paidAt: string) => {
    const token = await service.token({ scopes: ['payments:write'] });
    const input = { companyId: company.id, amount, paidAt, reference, idempotencyKey: reference };
    const mutation =
      'mutation Pay($input: RecordPaymentInput!) { recordPayment(input: $input) { userErrors { message } } }';
    expect((await service.graph(token, mutation, { input })).data.recordPayment.userErrors).toEqual([]);
  };
  await pay('=r1', '100.50', '2026-03-02T09:00:00Z');
  await pay('r2', '20', '2026-03-05T09:00:00Z');
  const { file, rowCount, name } = await form(service, company, {
    ...{ type: 'PAYMENTS', service: null },
    period: { ...PERIOD, timeZone: 'UTC' },
  });
  expect([name, rowCount]).toEqual(['Payments 2026-03-01 – 2026-03-10', 2]);
  const rows = await download(service, file.url);
  const booked = new Date('2026-03-15T12:00:00Z');
  expect(rows).toEqual([
    ['Payment date (UTC)', 'Type', 'Reason', 'Invoice', 'Amount, EUR', 'Balance after, EUR', 'Booked (UTC)'],
    [clock(5, '09:00:00'), 'Payment', 'Payment: 20.00 EUR, reference r2', null, 20, 120.5, booked],
    [clock(2, '09:00:00'), 'Payment', 'Payment: 100.50 EUR, reference =r1', null, 100.5, 100.5, booked],
    ['Total', null, null, null, 120.5, null, null],
  ]);
  const { data } = await company.graph('{ company { balance { amount { amount } } } }');
  expect(data.company.balance.amount.amount).toBe('120.50');
});

test('[REP-16] a report without a single row has its header, a total of nothing, and says so', async () => {
  const { file, rowCount, period } = await form(service, company, details('VIBER'));
  expect([rowCount, period.asOf]).toEqual([0, null]);
  expect((await download(service, file.url)).slice(1)).toEqual([
    ['Total', null, null, null, null, null, 0, null, null],
  ]);
  expect(await coverOf(service, file.url)).toMatchObject({ 'Data as of': 'nothing received yet', 'Rows: Messages': 0 });
});
