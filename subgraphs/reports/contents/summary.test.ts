import { parse } from 'csv-parse/sync';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { bytesOf, coverOf, download, form, message } from '../reports/report.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await company.ingest('messages', [
    message('a', 1, { price: '0.5', smsParts: 2 }),
    message('b', 2, { channel: 'PUSH', status: 'ERROR', sentAt: undefined }),
  ]);
  await company.ingest('dialogues', [
    { id: 'd', chatId: 'c', messenger: 'WEB', startedAt: '2026-03-01T10:00:00+03:00' },
  ]);
  await company.ingest('chat-messages', [
    { id: 'm', dialogueId: 'd', author: 'BOT', sentAt: '2026-03-02T10:00:00+03:00', price: '0.25' },
  ]);
  service.clock.set(service.clock.now() + 60_000);
  const at = '2026-03-02T10:00:00+03:00';
  const call = { id: 'call', direction: 'INBOUND', status: 'ANSWERED', startedAt: at, answeredAt: at, price: '1' };
  const end = '2026-03-02T10:02:00+03:00';
  await company.ingest('calls', [{ ...call, endedAt: end, statusAt: end }]);
});
afterAll(() => service.stop());

const TWO_DAYS = { dates: { startDate: '2026-03-01', endDate: '2026-03-02' } };
const day = (date: number) => new Date(Date.UTC(2026, 2, date));
const none = (count: number) => Array.from({ length: count }, () => null);

/** Rows of one day or a total, service by service: figures of the channels, of chats and of calls. */
function services(first: unknown, figures: Record<string, number[]>) {
  const row = (name: string, before: number, width: number, after: number) => {
    const [price = 0, ...counts] = figures[name] ?? [];
    return [
      first,
      name,
      ...none(before),
      ...(counts.length > 0 ? counts : Array(width).fill(0)),
      ...none(after),
      price,
    ];
  };
  const channels = ['SMS', 'Viber', 'Email', 'WhatsApp', 'Push'].map((name) => row(name, 0, 4, 8));
  return [...channels, row('Chats', 4, 5, 3), row('Calls', 9, 3, 0)];
}

test('[REP-01] [REP-04] [REP-05] [REP-16] a summary of all services has a row for every day and service, and a total for each', async () => {
  const { file, rowCount, period, name } = await form(service, company, { service: null, period: TWO_DAYS });
  expect([name, rowCount]).toEqual(['Summary of all services 2026-03-01 – 2026-03-02', 14]);
  const push = { Push: [0, 1, 0, 0, 0] };
  expect(await download(service, file.url)).toEqual([
    [
      ...[
        'Date (Europe/Moscow)',
        'Service',
        'Messages',
        'Sent',
        'Delivered',
        'SMS parts',
        'Dialogues',
        'By robot',
        'By operator',
      ],
      ...['Unhandled', 'Chat messages', 'Calls', 'Answered', 'Talk time, s', 'Price, EUR'],
    ],
    ...services(day(1), { SMS: [0.5, 1, 1, 1, 2], Chats: [0, 1, 1, 0, 0, 0] }),
    ...services(day(2), { ...push, Chats: [0.25, 0, 0, 0, 0, 1], Calls: [1, 1, 1, 120] }),
    ...services('Total', { ...push, SMS: [0.5, 1, 1, 1, 2], Chats: [0.25, 1, 1, 0, 0, 1], Calls: [1, 1, 1, 120] }),
    ['Total', 'All services', ...none(12), 1.75],
  ]);
  expect(period.asOf).toBe('2026-03-15T15:00:00.000+03:00');
  expect(await coverOf(service, file.url)).toMatchObject({
    Filters:
      'Service: All services; messages by the time of their creation; dialogues and calls by their start; chat messages by their sending',
    'Data as of: Messages': new Date('2026-03-15T15:00:00Z'),
    'Data as of: Calls': new Date('2026-03-15T15:01:00Z'),
    'Rows: Summary': 14,
  });
});

const QUESTION = `query Totals($period: PeriodInput!) {
  chatStats(period: $period) {
    dialogues { counters { total byRobot byOperator unhandled } } messages { counters { total price { amount } } }
  }
  telephonyStats(period: $period) { counters { total answered talkSeconds price { amount } } }
}`;

test('[REP-16] the totals of chats and calls are those that the graph gives', async () => {
  const { data } = await company.graph(QUESTION, { period: TWO_DAYS });
  const { dialogues, messages } = data.chatStats;
  const calls = data.telephonyStats.counters;
  const total = async (name: string) => {
    const { file } = await form(service, company, { service: name, period: TWO_DAYS });
    return (await download(service, file.url)).at(-1);
  };
  const { total: all, byRobot, byOperator, unhandled } = dialogues.counters;
  const price = (of: { price: { amount: string } }) => Number(of.price.amount);
  expect(await total('CHATS')).toEqual([
    'Total',
    ...[all, byRobot, byOperator, unhandled, messages.counters.total, price(messages.counters)],
  ]);
  expect(await total('CALLS')).toEqual(['Total', calls.total, calls.answered, calls.talkSeconds, price(calls)]);
});

test('[REP-16] as CSV it has the rows alone, in the signs of its language, under the right name and type', async () => {
  const { file } = await form(service, company, { format: 'CSV', locale: 'RU', period: TWO_DAYS, service: 'SMS' });
  expect([file.fileName, file.contentType]).toEqual([
    'SMS сводка 01.03.2026 – 02.03.2026.csv',
    'text/csv; charset=utf-8',
  ]);
  expect(parse(await bytesOf(service, file.url), { bom: true, delimiter: ';' })).toEqual([
    ['Дата (Europe/Moscow)', 'Всего', 'Отправлено', 'Доставлено', 'Частей SMS', 'Стоимость, EUR'],
    ['01.03.2026', '1', '1', '1', '2', '0,50'],
    ['02.03.2026', '0', '0', '0', '0', '0,00'],
  ]);
});
