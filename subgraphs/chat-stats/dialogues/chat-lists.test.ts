import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, byBot, byOperator, DAY, dialogue, message } from './chat-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await company.ingest('directory', [
    { kind: 'CHAT', id: 'c1', name: 'Site', messenger: 'WEB' },
    { kind: 'OPERATOR', id: 'anna', name: 'Anna', groupIds: ['sales'] },
  ]);
  await company.ingest('dialogues', [
    dialogue('a', { botId: 'faq', closedAt: at('12:00') }),
    dialogue('b', { startedAt: at('10:00') }),
    dialogue('c', { startedAt: at('10:00'), chatId: 'seen', messenger: 'LINE' }),
    dialogue('later', { startedAt: '2026-03-11T00:00:00Z' }),
  ]);
  await company.ingest('chat-messages', [
    message('1', 'a'),
    byBot('2', 'a', { price: '0.25' }),
    byOperator('3', 'a', 'boris', { sentAt: at('09:30:00.123') }),
    byOperator('4', 'a', 'anna', { sentAt: '2026-03-12T09:00:00Z', price: '0.000001' }),
    message('5', 'later'),
    message('6', 'unknown'),
  ]);
});
afterAll(() => service.stop());

const PAGES = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const money = (amount: string) => ({ amount, currency: 'EUR' });

test('[CHAT-30] the list of dialogues shows exactly what was counted, newest first, in the zone of the period', async () => {
  const query = `query($period: PeriodInput!) { dialogues(period: $period) { totalCount nodes {
    id chat { id name messenger } messenger bot { id name } operators { id name groups { id } } startedAt closedAt
    clientMessages botMessages operatorMessages price { amount currency }
  } } }`;
  const { data, errors } = await company.graph(query, { period: { ...DAY, timeZone: 'Asia/Kathmandu' } });
  expect(errors).toBeUndefined();
  const site = { id: 'c1', name: 'Site', messenger: 'WEB' };
  const silent = {
    bot: null,
    operators: [],
    closedAt: null,
    clientMessages: 0,
    botMessages: 0,
    operatorMessages: 0,
    price: money('0.00'),
  };
  const ten = '2026-03-10T15:45:00.000+05:45';
  expect(data.dialogues).toEqual({
    totalCount: 3,
    nodes: [
      { id: 'c', chat: { id: 'seen', name: 'seen', messenger: 'LINE' }, messenger: 'LINE', startedAt: ten, ...silent },
      { id: 'b', chat: site, messenger: 'WEB', startedAt: ten, ...silent },
      {
        id: 'a',
        chat: site,
        messenger: 'WEB',
        bot: { id: 'faq', name: 'faq' },
        operators: [
          { id: 'anna', name: 'Anna', groups: [{ id: 'sales' }] },
          { id: 'boris', name: 'boris', groups: [] },
        ],
        startedAt: '2026-03-10T14:45:00.000+05:45',
        closedAt: '2026-03-10T17:45:00.000+05:45',
        clientMessages: 1,
        botMessages: 1,
        operatorMessages: 2,
        price: money('0.250001'),
      },
    ],
  });
});

test('[CHAT-43] the list of messages shows exactly what was counted: sent in the period, whenever the dialogue started', async () => {
  const query = `query($period: PeriodInput!, $authors: [ChatAuthor!]) { chatMessages(period: $period, authors: $authors) {
    totalCount nodes { id dialogueId author operator { id name } sentAt price { amount currency } }
  } }`;
  const ask = async (authors?: string[]) => (await company.graph(query, { period: DAY, authors })).data.chatMessages;
  const shown = (id: string, dialogueId: string, author: string, sentAt: string, more: object = {}) => {
    return { id, dialogueId, author, operator: null, sentAt: `2026-03-10T${sentAt}+03:00`, price: null, ...more };
  };
  const boris = { operator: { id: 'boris', name: 'boris' } };
  const third = shown('3', 'a', 'OPERATOR', '12:30:00.123', boris);
  expect(await ask()).toEqual({
    totalCount: 4,
    nodes: [
      third,
      shown('5', 'later', 'CLIENT', '12:01:00.000'),
      shown('2', 'a', 'BOT', '12:01:00.000', { price: money('0.25') }),
      shown('1', 'a', 'CLIENT', '12:01:00.000'),
    ],
  });
  expect(await ask(['OPERATOR'])).toEqual({ totalCount: 1, nodes: [third] });
});

test.each([
  ['dialogues', 'cba'],
  ['chatMessages', '3521'],
])('pages of %s follow one another in both directions without a gap', async (field, ids) => {
  const page = `query($period: PeriodInput!, $first: Int, $after: String, $last: Int, $before: String) {
    ${field}(period: $period, first: $first, after: $after, last: $last, before: $before) { nodes { id } ${PAGES} }
  }`;
  const ask = async (args: object) => (await company.graph(page, { period: DAY, ...args })).data[field];
  const text = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id).join('');
  const first = await ask({ first: 2 });
  expect([text(first), first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual([
    ids.slice(0, 2),
    true,
    false,
  ]);
  const second = await ask({ first: 2, after: first.pageInfo.endCursor });
  expect([text(second), second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage]).toEqual([
    ids.slice(2),
    false,
    true,
  ]);
  expect(text(await ask({ last: 2, before: second.pageInfo.startCursor }))).toBe(ids.slice(0, 2));
  const other = field === 'dialogues' ? 'chatMessages' : 'dialogues';
  const { errors } = await company.graph(
    `query($period: PeriodInput!, $after: String) { ${other}(period: $period, after: $after) { totalCount } }`,
    { period: DAY, after: first.pageInfo.endCursor },
  );
  expect(errors?.[0]?.message).toMatch(/^after: is not a cursor of this list/);
});
