import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, BY_SENDING, DAY, line } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

interface Page {
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const LIST = `query($period: PeriodInput!, $filter: MessageFilter, $first: Int, $after: String, $last: Int, $before: String) {
  messages(period: $period, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { id } edges { cursor node { id } } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function readPage(company: TestCompany, args: object): Promise<Page> {
  const { data, errors } = await company.graph(LIST, { period: DAY, ...args });
  expect(errors).toBeUndefined();
  const page: Page = data.messages;
  expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
  expect([page.pageInfo.startCursor, page.pageInfo.endCursor]).toEqual([
    page.edges[0]?.cursor ?? null,
    page.edges.at(-1)?.cursor ?? null,
  ]);
  return page;
}

const idsOf = ({ nodes }: Page) => nodes.map(({ id }) => id);

/** 23 messages at 5 moments, so that most of them share theirs; ids in the order of the list. */
const MOMENTS = ['09:04', '09:03', '09:02', '09:01', '09:00'];
const ALL = MOMENTS.flatMap((time, index) =>
  ['é', 'c', 'b', 'a', 'B'].slice(index === 4 ? 2 : 0).map((letter) => ({ id: `${letter}${index}`, time })),
);
const IDS = ALL.map(({ id }) => id);

async function companyWithList(): Promise<TestCompany> {
  const company = await service.company();
  const lines = ALL.map(({ id, time }) => line(id, { createdAt: at(time) }));
  await company.ingest(
    'messages',
    lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
  return company;
}

test('[NOT-01] [GEN-03] the list holds exactly the messages that were counted, newest first, then by id descending', async () => {
  const company = await companyWithList();
  await company.ingest('messages', [
    line('the day before', { createdAt: '2026-03-09T20:59:59.999Z' }),
    line('the day after', { createdAt: '2026-03-10T21:00:00Z' }),
  ]);
  const page = await readPage(company, {});
  expect(idsOf(page)).toEqual(IDS);
  expect(page.totalCount).toBe(23);
  expect(page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
});

test('[MSG-02] [MSG-03] by sending the list holds messages that were sent, by the moment of their sending', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('early', { createdAt: at('09:00'), sentAt: at('11:00') }),
    line('late', { createdAt: at('10:00'), sentAt: at('10:30') }),
    line('also late', { createdAt: at('08:00'), sentAt: at('10:30') }),
    line('never', { createdAt: at('09:30'), status: 'CREATED' }),
    line('tomorrow', { createdAt: at('09:30'), sentAt: '2026-03-10T21:00:00Z' }),
  ]);
  const bySending = await readPage(company, { filter: BY_SENDING });
  expect(idsOf(bySending)).toEqual(['early', 'late', 'also late']);
  expect(bySending.totalCount).toBe(3);
  expect(idsOf(await readPage(company, { filter: { timeAxis: 'CREATED_AT' } }))).toEqual([
    'late',
    'tomorrow',
    'never',
    'early',
    'also late',
  ]);
});

test('[NOT-10] a message of the list shows everything that is known of it', async () => {
  const company = await service.company();
  const event = { channel: 'SMS', createdAt: '2026-03-10T09:00:00.001Z', notificationId: 'order 7' };
  await company.ingest('messages', [
    line('a', { ...event, status: 'PENDING', statusAt: at('09:00:05'), price: '0.0345', smsParts: 2 }),
    line('a', { ...event, status: 'ERROR', statusAt: at('09:00:06'), errorCode: '17: no route' }),
  ]);
  const { data } = await company.graph(
    `query($period: PeriodInput!) { messages(period: $period) { nodes {
      id channel status createdAt sentAt statusAt smsParts price { amount currency } errorCode notificationId fallbackChannel
    } } }`,
    { period: DAY },
  );
  expect(data.messages.nodes).toEqual([
    {
      id: 'a',
      channel: 'SMS',
      status: 'ERROR',
      createdAt: '2026-03-10T12:00:00.001+03:00',
      sentAt: '2026-03-10T12:00:05.000+03:00',
      statusAt: '2026-03-10T12:00:06.000+03:00',
      smsParts: 2,
      price: { amount: '0.0345', currency: 'EUR' },
      errorCode: '17: no route',
      notificationId: 'order 7',
      fallbackChannel: null,
    },
  ]);
});

test.each([1, 2, 4, 7, 22, 23, 1000])(
  '[NOT-01] pages of %i forwards and backwards give every message once',
  async (size) => {
    const company = await companyWithList();
    const forwards: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Page = await readPage(company, { first: size, after });
      expect(page.totalCount).toBe(23);
      expect(page.pageInfo).toMatchObject({
        hasNextPage: forwards.length + size < 23,
        hasPreviousPage: forwards.length > 0,
      });
      forwards.push(...idsOf(page));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(forwards).toEqual(IDS);
    const backwards: string[] = [];
    for (let before: string | null = null, more = true; more; ) {
      const page: Page = await readPage(company, { last: size, before });
      expect(page.pageInfo).toMatchObject({
        hasNextPage: backwards.length > 0,
        hasPreviousPage: backwards.length + size < 23,
      });
      backwards.unshift(...idsOf(page));
      before = page.pageInfo.startCursor;
      more = page.pageInfo.hasPreviousPage;
    }
    expect(backwards).toEqual(IDS);
  },
);

/** What arrives between two pages: newer, older, and at the very moments of known ones, before and after them in the list. */
const arrivals = (turn: number) => [
  line(`new ${turn}`, { createdAt: at('10:00') }),
  line(`old ${turn}`, { createdAt: at('08:00') }),
  ...MOMENTS.flatMap((time) => ['A', 'b~', 'z'].map((id) => line(`${id}${turn} at ${time}`, { createdAt: at(time) }))),
];

test.each(['forwards', 'backwards'])(
  '[NOT-01] [GEN-05] pages %s lose and double nothing while messages arrive and change',
  async (direction) => {
    const company = await companyWithList();
    const isForwards = direction === 'forwards';
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let turn = 0; ; turn += 1) {
      const page: Page = await readPage(
        company,
        isForwards ? { first: 3, after: cursor } : { last: 3, before: cursor },
      );
      seen.push(...(isForwards ? idsOf(page) : idsOf(page).toReversed()));
      cursor = isForwards ? page.pageInfo.endCursor : page.pageInfo.startCursor;
      if (isForwards ? !page.pageInfo.hasNextPage : !page.pageInfo.hasPreviousPage) break;
      // After the first turns nothing arrives any more, so that the end is reached.
      if (turn < 4) await company.ingest('messages', arrivals(turn));
      await company.ingest('messages', [line('b2', { createdAt: at('09:02'), price: String(turn) })]);
    }
    expect(new Set(seen).size).toBe(seen.length);
    const known = seen.filter((id) => IDS.includes(id));
    expect(isForwards ? known : known.toReversed()).toEqual(IDS);
    expect(seen.length).toBeGreaterThan(IDS.length);
  },
);

test('[NOT-01] both cursors together cut a window out of the list', async () => {
  const company = await companyWithList();
  const { edges } = await readPage(company, {});
  const window = { after: edges[4]?.cursor, before: edges[9]?.cursor };
  expect(idsOf(await readPage(company, window))).toEqual(IDS.slice(5, 9));
  expect(idsOf(await readPage(company, { ...window, first: 2 }))).toEqual(IDS.slice(5, 7));
  expect(idsOf(await readPage(company, { ...window, last: 2 }))).toEqual(IDS.slice(7, 9));
  expect(idsOf(await readPage(company, { after: edges[22]?.cursor }))).toEqual([]);
  expect(idsOf(await readPage(company, { before: edges[0]?.cursor, last: 5 }))).toEqual([]);
});

test('[NOT-01] a list has 50 entries unless more are asked for, and counts all', async () => {
  const company = await service.company();
  await company.ingest(
    'messages',
    Array.from({ length: 60 }, (_, index) => line(`m${index}`)),
  );
  const page = await readPage(company, {});
  expect([page.nodes.length, page.totalCount, page.pageInfo.hasNextPage]).toEqual([50, 60, true]);
  expect((await readPage(company, { first: 1000 })).nodes).toHaveLength(60);
  expect((await readPage(company, { filter: { channels: ['PUSH'] } })).pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
  });
});

/** The error of a list that is refused: code and argument. */
async function refusalOf(company: TestCompany, args: object) {
  const { data, errors } = await company.graph(LIST, { period: DAY, ...args });
  expect(data).toEqual({ messages: null });
  return errors?.map(({ extensions: { code, field } }) => [code, field]);
}

const refused = (field: string) => [['BAD_USER_INPUT', [field]]];

test('[NOT-01] refuses cursors of another axis, cursors that are none, and sizes that are none', async () => {
  const company = await companyWithList();
  const { pageInfo } = await readPage(company, { first: 2 });
  const cursor = pageInfo.endCursor;
  expect(await refusalOf(company, { filter: BY_SENDING, after: cursor })).toEqual(refused('after'));
  expect(await refusalOf(company, { filter: BY_SENDING, last: 1, before: cursor })).toEqual(refused('before'));
  for (const none of ['', 'garbage', 'W10=', cursor?.slice(1)]) {
    expect(await refusalOf(company, { after: none })).toEqual(refused('after'));
  }
  expect(await refusalOf(company, { first: 1, last: 1 })).toEqual(refused('last'));
  expect(await refusalOf(company, { first: 0 })).toEqual(refused('first'));
  expect(await refusalOf(company, { first: 1001 })).toEqual(refused('first'));
  expect(await refusalOf(company, { last: -1 })).toEqual(refused('last'));
});

test('[NOT-01] refuses forged cursors, also those with a moment that the database has no place for', async () => {
  const company = await companyWithList();
  const { pageInfo } = await readPage(company, { first: 1 });
  const [list, moment, id] = JSON.parse(Buffer.from(pageInfo.endCursor ?? '', 'base64url').toString());
  const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  expect(forged(list, moment, id)).toBe(pageInfo.endCursor);
  for (const at_ of [8.64e15, -8.64e15, 3e14, -1e14, 1.5, String(moment), null]) {
    expect(await refusalOf(company, { after: forged(list, at_, id) })).toEqual(refused('after'));
  }
  for (const id_ of ['a\0b', 7, null]) {
    expect(await refusalOf(company, { last: 1, before: forged(list, moment, id_) })).toEqual(refused('before'));
  }
});
