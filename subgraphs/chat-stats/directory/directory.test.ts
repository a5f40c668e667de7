import { gzipSync } from 'node:zlib';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { answer, at, byOperator, dialogue, readAsOf, stats } from '../dialogues/chat-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

const bot = (id: string, name: string, more: object = {}) => ({ kind: 'BOT', id, name, ...more });

async function ask(query: string, variables?: Record<string, unknown>) {
  const { data, errors } = await company.graph(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

async function botNames(): Promise<string[]> {
  return (await ask('{ bots { nodes { id name } } }')).bots.nodes.map(
    ({ id, name }: { id: string; name: string }) => `${id}: ${name}`,
  );
}

test('of two entries of one id the later stands whole, in any order, and lines sent again change nothing', async () => {
  const lines = [
    { kind: 'OPERATOR', id: 'o', name: 'Old', groupIds: ['g'], at: at('09:00') },
    { kind: 'OPERATOR', id: 'o', name: 'New', at: at('10:00') },
  ];
  const shown = [{ id: 'o', name: 'New', groups: [] }];
  for (const order of [lines, lines.toReversed()]) {
    company = await service.company();
    await company.ingest('directory', order);
    expect((await ask('{ operators { nodes { id name groups { id } } } }')).operators.nodes).toEqual(shown);
    const asOf = await readAsOf(company);
    expect(await company.ingest('directory', lines)).toEqual(answer({ received: 2, unchanged: 2 }));
    expect(await readAsOf(company)).toBe(asOf);
  }
});

test('at equal times the greater JSON with sorted keys stands, by code points', async () => {
  const time = { at: at('09:00') };
  const lines = [bot('b', '\uffff', time), bot('b', '\u{1f600}', time), bot('b', 'z', time)];
  expect(await company.ingest('directory', lines)).toEqual(
    answer({ received: 3, inserted: 1, updated: 1, unchanged: 1 }),
  );
  expect(await botNames()).toEqual(['b: \u{1f600}']);
  expect(await company.ingest('directory', [{ kind: 'BOT', id: 'b', deleted: true, ...time }])).toMatchObject({
    unchanged: 1,
  });
});

test('without `at` the time of receipt counts; the same entry again later is unchanged and holds off what came between', async () => {
  const start = service.clock.now();
  try {
    expect(await company.ingest('directory', [bot('b', 'One')])).toMatchObject({ inserted: 1 });
    const asOf = await readAsOf(company);
    service.clock.set(start + 20_000);
    expect(await company.ingest('directory', [bot('b', 'One')])).toMatchObject({ unchanged: 1 });
    expect(await readAsOf(company)).toBe(asOf);
    const between = { at: new Date(start + 10_000).toISOString() };
    expect(await company.ingest('directory', [bot('b', 'Two', between)])).toMatchObject({ unchanged: 1 });
    expect(await botNames()).toEqual(['b: One']);
    expect(await company.ingest('directory', [bot('b', 'Three')])).toMatchObject({ updated: 1 });
    expect(await readAsOf(company)).not.toBe(asOf);
  } finally {
    service.clock.set(start);
  }
});

test('a deleted entry is in no lookup even where events name it, and its label is the id', async () => {
  await company.ingest('dialogues', [dialogue('d', { botId: 'b' })]);
  await company.ingest('directory', [bot('b', 'Helper', { at: at('08:00') })]);
  const labels = async () =>
    (await stats(company, 'dialogues { breakdown(by: [BOT]) { labels } }')).dialogues.breakdown;
  expect([await labels(), await botNames()]).toEqual([[{ labels: ['Helper'] }], ['b: Helper']]);
  await company.ingest('directory', [{ kind: 'BOT', id: 'b', deleted: true, at: at('09:00'), name: 'ignored' }]);
  expect([await labels(), await botNames()]).toEqual([[{ labels: ['b'] }], []]);
  await company.ingest('directory', [bot('b', 'Back', { at: at('10:00') })]);
  expect([await labels(), await botNames()]).toEqual([[{ labels: ['Back'] }], ['b: Back']]);
});

test('bad lines are rejected with their numbers, the others are kept, gzip or not', async () => {
  const lines = [
    '',
    JSON.stringify({ kind: 'CHAT', id: 'c', name: 'No messenger' }),
    'oops',
    JSON.stringify({ kind: 'SHIP', id: 's', name: 'S' }),
    JSON.stringify({ kind: 'TRUNK', id: 't', name: 'T' }),
    JSON.stringify({ kind: 'OPERATOR', id: 'o', name: 'O', groupIds: 'g' }),
    JSON.stringify({ kind: 'BOT', id: 'b' }),
    JSON.stringify(bot('good', 'Good')),
  ];
  const token = await service.token({ companyId: company.id });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
  };
  const body = gzipSync(lines.join('\n'));
  const zipped = await fetch(`${service.url}/ingest/directory`, { method: 'POST', headers, body });
  const told = (await zipped.json()) as Awaited<ReturnType<TestCompany['ingest']>>;
  expect(told).toMatchObject({ received: 7, inserted: 2, rejected: 5 });
  expect(told.errors.map(({ line, code, message }) => `${line} ${code} ${message}`)).toEqual([
    '2 MISSING_FIELD messenger is missing; send a string of 1 to 64 characters.',
    expect.stringMatching(/^3 INVALID_JSON /),
    '4 INVALID_FIELD kind "SHIP" is not known; send CHAT, OPERATOR, OPERATOR_GROUP, BOT or TRUNK.',
    '6 INVALID_FIELD groupIds "g" is not a list; send a list of ids.',
    '7 MISSING_FIELD name is missing; send a string of 1 to 200 characters.',
  ]);
  expect(await company.ingest('directory', lines)).toMatchObject({ received: 7, unchanged: 2, rejected: 5 });
});

test('atomic requests are refused', async () => {
  const refused = await company.ingest('directory', [bot('b', 'B')], { atomic: true });
  expect(refused).toMatchObject({ status: 400, error: { code: 'BAD_USER_INPUT' } });
});

test('[CHAT-02] [CHAT-05] [CHAT-03] lookups list entries and ids that events name, by name, then by id', async () => {
  await company.ingest('directory', [
    { kind: 'CHAT', id: 'c2', name: 'Beta', messenger: 'Something new' },
    { kind: 'CHAT', id: 'c1', name: 'Beta', messenger: 'LINE' },
    { kind: 'OPERATOR', id: 'o1', name: 'Zoe' },
    bot('b1', 'Alpha'),
  ]);
  await company.ingest('dialogues', [
    dialogue('a', { chatId: 'seen', messenger: 'SKYPE', botId: 'b2' }),
    dialogue('b', { chatId: 'seen', messenger: 'SLACK', startedAt: at('09:30') }),
    dialogue('c', { chatId: 'c1', messenger: 'WEB' }),
  ]);
  await company.ingest('chat-messages', [byOperator('m', 'a', 'o2'), byOperator('w', 'waits', 'o3')]);
  const list = (field: string, more = '') => `${field} { totalCount nodes { id name ${more} } }`;
  expect(await ask(`{ ${list('chats', 'messenger')} ${list('operators')} ${list('bots')} }`)).toEqual({
    chats: {
      totalCount: 3,
      nodes: [
        { id: 'c1', name: 'Beta', messenger: 'LINE' },
        { id: 'c2', name: 'Beta', messenger: 'OTHER' },
        { id: 'seen', name: 'seen', messenger: 'SLACK' },
      ],
    },
    operators: {
      totalCount: 3,
      nodes: [
        { id: 'o1', name: 'Zoe' },
        { id: 'o2', name: 'o2' },
        { id: 'o3', name: 'o3' },
      ],
    },
    bots: {
      totalCount: 2,
      nodes: [
        { id: 'b1', name: 'Alpha' },
        { id: 'b2', name: 'b2' },
      ],
    },
  });
});

test('lookups are read page by page, and refuse cursors of other lists', async () => {
  await company.ingest(
    'directory',
    ['e', 'a', 'd', 'b', 'c'].map((id) => bot(id, id < 'c' ? 'Same' : id.toUpperCase())),
  );
  const page =
    'query($after: String) { bots(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { bots }: { bots: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
      await ask(page, { after });
    seen.push(bots.nodes.map(({ id }) => id).join(''));
    after = bots.pageInfo.hasNextPage ? bots.pageInfo.endCursor : null;
    if (seen.length === 1) {
      const { errors } = await company.graph('query($after: String) { chats(after: $after) { totalCount } }', {
        after,
      });
      expect(errors?.[0]?.message).toMatch(/^after: is not a cursor of this list/);
    }
  } while (after);
  expect(seen).toEqual(['cd', 'ea', 'b']);
  const { errors } = await company.graph('{ bots(first: 1001) { totalCount } }');
  expect(errors?.[0]?.message).toBe('first: 1001 is outside 1 to 1000; ask for further pages with a cursor.');
});

test('[CHAT-07] groups and their members, both ways; none where there are no groups', async () => {
  expect(await ask('{ operatorGroups { id } }')).toEqual({ operatorGroups: [] });
  await company.ingest('directory', [
    { kind: 'OPERATOR_GROUP', id: 'sales', name: 'Sales' },
    { kind: 'OPERATOR_GROUP', id: 'gone', name: 'Gone', at: at('08:00') },
    { kind: 'OPERATOR_GROUP', id: 'gone', deleted: true },
    { kind: 'OPERATOR', id: 'o1', name: 'Zoe', groupIds: ['sales', 'gone', 'named'] },
    { kind: 'OPERATOR', id: 'o2', name: 'Anna', groupIds: ['sales'] },
    { kind: 'OPERATOR', id: 'o3', name: 'Fired', groupIds: ['sales'], at: at('08:00') },
    { kind: 'OPERATOR', id: 'o3', deleted: true },
  ]);
  await company.ingest('dialogues', [dialogue('d', { groupId: 'seen' })]);
  const { operatorGroups, operators } = await ask(
    '{ operatorGroups { id name operators { name } } operators { nodes { id groups { id name } } } }',
  );
  expect(operatorGroups).toEqual([
    { id: 'sales', name: 'Sales', operators: [{ name: 'Anna' }, { name: 'Zoe' }] },
    { id: 'named', name: 'named', operators: [{ name: 'Zoe' }] },
    { id: 'seen', name: 'seen', operators: [] },
  ]);
  const sales = { id: 'sales', name: 'Sales' };
  expect(operators.nodes).toEqual([
    { id: 'o2', groups: [sales] },
    { id: 'o1', groups: [sales, { id: 'named', name: 'named' }] },
  ]);
  const members = (groupIds: string[]) =>
    ask('query($groupIds: [ID!]) { operators(groupIds: $groupIds) { totalCount nodes { id } } }', { groupIds });
  expect((await members(['named'])).operators).toEqual({ totalCount: 1, nodes: [{ id: 'o1' }] });
  expect((await members(['seen'])).operators).toEqual({ totalCount: 0, nodes: [] });
  const { errors } = await company.graph('{ operators(groupIds: ["nobody"]) { totalCount } }');
  expect(errors?.[0]?.message).toMatch(/^groupIds: no directory entry and no event of the company names "nobody"; /);
});

test('names of one company are not those of another', async () => {
  await company.ingest('directory', [bot('b', 'Mine')]);
  const other = await service.company();
  await other.ingest('dialogues', [dialogue('d', { botId: 'b' })]);
  expect((await other.graph('{ bots { nodes { name } } }')).data.bots.nodes).toEqual([{ name: 'b' }]);
});

test('lookups need the scope stats:read', async () => {
  const token = await service.token({ companyId: company.id, scopes: ['ingest:write'] });
  const { errors } = await service.graph(token, '{ chats { totalCount } operatorGroups { id } }');
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});
