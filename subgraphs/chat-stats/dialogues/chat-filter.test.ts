import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, byBot, byOperator, DAY, dialogue, message, refusals } from './chat-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
let other: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  other = await service.company();
  await company.ingest('directory', [
    { kind: 'OPERATOR', id: 'idle', name: 'Idle', groupIds: ['unused'] },
    { kind: 'CHAT', id: 'silent', name: 'Silent', messenger: 'SLACK' },
  ]);
  await company.ingest('dialogues', [
    dialogue('a', { chatId: 'site', botId: 'faq', groupId: 'sales' }),
    dialogue('b', { chatId: 'site', groupId: 'care' }),
    dialogue('c', { chatId: 'tg', messenger: 'TELEGRAM', botId: 'faq', groupId: 'sales' }),
    dialogue('d', { chatId: 'tg', messenger: 'TELEGRAM' }),
    dialogue('e', { chatId: 'other', messenger: 'A new one', botId: 'quiz' }),
  ]);
  await company.ingest('chat-messages', [
    message('1', 'a'),
    byBot('2', 'a'),
    byOperator('3', 'a', 'anna'),
    byOperator('4', 'a', 'boris'),
    message('5', 'b'),
    byOperator('6', 'b', 'boris'),
    byBot('7', 'c'),
    message('8', 'c', { sentAt: '2026-03-12T09:00:00Z' }),
    byBot('9', 'e'),
    byOperator('w', 'unknown dialogue', 'waiting'),
  ]);
  await other.ingest('dialogues', [dialogue('x', { chatId: 'xc', botId: 'xb', groupId: 'xg' })]);
  await other.ingest('chat-messages', [byOperator('y', 'x', 'xo')]);
});
afterAll(() => service.stop());

interface Row {
  counters: { total: number };
}

/** Ids of the dialogues and of the messages that pass a filter; figures of every shape must count as many. */
async function passing(filter: object | null | undefined, authors?: string[] | null): Promise<[string, string]> {
  const query = `query($period: PeriodInput!, $filter: ChatFilter, $authors: [ChatAuthor!]) {
    chatStats(period: $period, filter: $filter) {
      dialogues { counters { total } breakdown(by: [HANDLED_BY, CHAT]) { counters { total } } series(granularity: HOUR, by: [BOT]) { lines { total } } }
      messages(authors: $authors) { counters { total } breakdown(by: [AUTHOR, OPERATOR]) { counters { total } } series(granularity: HOUR, by: [GROUP]) { lines { total } } }
    }
    dialogues(period: $period, filter: $filter) { totalCount nodes { id } }
    chatMessages(period: $period, filter: $filter, authors: $authors) { totalCount nodes { id } }
  }`;
  const { data, errors } = await company.graph(query, { period: DAY, filter, authors });
  expect(errors).toBeUndefined();
  const sum = (numbers: number[]) => numbers.reduce((left, right) => left + right, 0);
  const figures = (part: {
    counters: { total: number };
    breakdown: Row[];
    series: { lines: { total: number[] }[] };
  }) => [
    part.counters.total,
    sum(part.breakdown.map((row) => row.counters.total)),
    sum(part.series.lines.flatMap(({ total }) => total)),
  ];
  const ids = (list: { nodes: { id: string }[] }) => list.nodes.map(({ id }) => id).sort();
  const [dialogues, messages] = [ids(data.dialogues), ids(data.chatMessages)];
  expect([...figures(data.chatStats.dialogues), data.dialogues.totalCount]).toEqual(
    new Array(4).fill(dialogues.length),
  );
  expect([...figures(data.chatStats.messages), data.chatMessages.totalCount]).toEqual(
    new Array(4).fill(messages.length),
  );
  return [dialogues.join(''), messages.join('')];
}

const EVERYTHING: [string, string] = ['abcde', '12345679'];

test('[CHAT-08] null, an omitted field and an empty list all mean no restriction', async () => {
  expect(await passing(undefined)).toEqual(EVERYTHING);
  expect(await passing(null, null)).toEqual(EVERYTHING);
  expect(await passing({}, [])).toEqual(EVERYTHING);
  for (const field of [
    'chatIds',
    'operatorIds',
    'groupIds',
    'messengers',
    'botIds',
    'handledBy',
    'hasCustomerMessages',
  ]) {
    expect(await passing({ [field]: null })).toEqual(EVERYTHING);
    if (field !== 'hasCustomerMessages') expect(await passing({ [field]: [] })).toEqual(EVERYTHING);
  }
});

test('[CHAT-02] chatIds keeps the dialogues of these chats, with their messages', async () => {
  expect(await passing({ chatIds: ['site'] })).toEqual(['ab', '123456']);
  expect(await passing({ chatIds: ['other', 'tg', 'other'] })).toEqual(['cde', '79']);
  expect(await passing({ chatIds: ['silent'] })).toEqual(['', '']);
});

test('[CHAT-03] operatorIds keeps the dialogues in which one of them wrote, their own messages, and all of clients and bots', async () => {
  expect(await passing({ operatorIds: ['anna'] })).toEqual(['a', '123']);
  expect(await passing({ operatorIds: ['boris'] })).toEqual(['ab', '12456']);
  expect(await passing({ operatorIds: ['anna', 'boris'] })).toEqual(['ab', '123456']);
  expect(await passing({ operatorIds: ['idle'] })).toEqual(['', '']);
  expect(await passing({ operatorIds: ['waiting'] })).toEqual(['', '']);
  expect(await passing({ operatorIds: ['boris'] }, ['OPERATOR'])).toEqual(['ab', '46']);
});

test('[CHAT-04] [CHAT-11] messengers keeps dialogues of these; OTHER is whatever is none of the known ones', async () => {
  expect(await passing({ messengers: ['WEB'] })).toEqual(['ab', '123456']);
  expect(await passing({ messengers: ['TELEGRAM', 'OTHER'] })).toEqual(['cde', '79']);
  expect(await passing({ messengers: ['SNAPCHAT'] })).toEqual(['', '']);
});

test('[CHAT-05] botIds keeps the dialogues of these bots', async () => {
  expect(await passing({ botIds: ['faq'] })).toEqual(['ac', '12347']);
  expect(await passing({ botIds: ['faq', 'quiz'] })).toEqual(['ace', '123479']);
});

test('[CHAT-06] hasCustomerMessages tells dialogues with a message of the client, whenever sent, from those without', async () => {
  expect(await passing({ hasCustomerMessages: true })).toEqual(['abc', '1234567']);
  expect(await passing({ hasCustomerMessages: false })).toEqual(['de', '9']);
  expect(await passing({ hasCustomerMessages: true }, ['OPERATOR'])).toEqual(['abc', '346']);
});

test('[CHAT-07] groupIds keeps the dialogues of these groups; with operatorIds both must hold', async () => {
  expect(await passing({ groupIds: ['sales'] })).toEqual(['ac', '12347']);
  expect(await passing({ groupIds: ['sales', 'care'] })).toEqual(['abc', '1234567']);
  expect(await passing({ groupIds: ['unused'] })).toEqual(['', '']);
  expect(await passing({ groupIds: ['sales'], operatorIds: ['boris'] })).toEqual(['a', '124']);
});

test('[CHAT-31] [CHAT-33] handledBy keeps the dialogues that one of these handled', async () => {
  expect(await passing({ handledBy: ['OPERATOR'] })).toEqual(['ab', '123456']);
  expect(await passing({ handledBy: ['ROBOT', 'NOBODY'] })).toEqual(['cde', '79']);
  expect(await passing({ handledBy: ['NOBODY'] })).toEqual(['d', '']);
});

test('[CHAT-41] [CHAT-42] [CHAT-43] authors keeps their messages and leaves dialogues alone', async () => {
  expect(await passing({}, ['CLIENT'])).toEqual(['abcde', '15']);
  expect(await passing({}, ['BOT'])).toEqual(['abcde', '279']);
  expect(await passing({}, ['OPERATOR', 'CLIENT'])).toEqual(['abcde', '13456']);
});

describe.each([
  ['chatIds', 'CHAT', 'xc'],
  ['operatorIds', 'OPERATOR', 'xo'],
  ['groupIds', 'OPERATOR_GROUP', 'xg'],
  ['botIds', 'BOT', 'xb'],
])('%s', (field, kind, foreign) => {
  const refusal = (names: string) => ({
    code: 'BAD_USER_INPUT',
    field: ['filter', field],
    message:
      `filter.${field}: no directory entry and no event of the company names ${names}; ` +
      `correct the ids, or send a directory line of kind ${kind} for each.`,
  });

  test('ids that nobody has named, and those of another company, are refused by name', async () => {
    const ask = (ids: string[]) => refusals(company, 'currency', { filter: { [field]: ids } });
    expect(await ask([foreign, 'nobody', foreign])).toEqual([refusal(`"${foreign}", "nobody"`)]);
    expect(await ask([''])).toEqual([refusal('""')]);
    expect(await ask(['a\0b', '\ud800'])).toEqual([refusal('"a\\u0000b", "\\ud800"')]);
    const many = Array.from({ length: 12 }, (_, index) => `n${index}`);
    expect(await ask(many)).toEqual([
      refusal(
        `${many
          .slice(0, 10)
          .map((id) => `"${id}"`)
          .join(', ')} and 2 more`,
      ),
    ]);
  });

  test('the lists refuse the same ids', async () => {
    const query = `query($period: PeriodInput!, $filter: ChatFilter) {
      dialogues(period: $period, filter: $filter) { totalCount }
      chatMessages(period: $period, filter: $filter) { totalCount }
    }`;
    const { data, errors } = await company.graph(query, { period: DAY, filter: { [field]: ['nobody'] } });
    expect(data).toEqual({ dialogues: null, chatMessages: null });
    expect(errors?.map((error) => error.message)).toEqual(new Array(2).fill(refusal('"nobody"').message));
  });

  test('an id becomes known by a directory line, and stays known when its entry is deleted', async () => {
    const fresh = await service.company();
    const ask = () => refusals(fresh, 'currency', { filter: { [field]: ['new'] } });
    expect(await ask()).toHaveLength(1);
    await fresh.ingest('directory', [{ kind, id: 'new', deleted: true }]);
    const { errors } = await fresh.graph(
      `query($filter: ChatFilter) { chatStats(period: { preset: TODAY }, filter: $filter) { currency } }`,
      { filter: { [field]: ['new'] } },
    );
    expect(errors).toBeUndefined();
  });
});

test('a period is checked as everywhere', async () => {
  const [refused] = await refusals(company, 'currency', { period: { range: { from: at('10:00'), to: at('09:00') } } });
  expect(refused?.code).toBe('BAD_USER_INPUT');
});
