import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { DAY, line, refusals } from './message-questions.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
  await company.ingest('messages', [
    line('a', { errorCode: '17' }),
    line('b', { channel: 'VIBER', status: 'ERROR', errorCode: '17' }),
    line('c', { channel: 'VIBER', status: 'UNDELIVERED' }),
    line('d', { channel: 'PUSH', status: 'CANCELED', errorCode: 'x' }),
    line('e', { channel: 'PUSH', status: 'CREATED' }),
  ]);
});

/** Ids of the messages that pass a filter, and that figures of every shape count as many. */
async function passing(filter: object | null | undefined): Promise<string> {
  const query = `query($period: PeriodInput!, $filter: MessageFilter) {
    messagingStats(period: $period, filter: $filter) {
      counters { total }
      breakdown(by: [STATUS]) { counters { total } }
      series(granularity: DAY, by: [CHANNEL]) { lines { total } }
    }
    messages(period: $period, filter: $filter) { totalCount nodes { id } }
  }`;
  const { data, errors } = await company.graph(query, { period: DAY, filter });
  expect(errors).toBeUndefined();
  const { messagingStats, messages } = data;
  const ids = messages.nodes.map(({ id }: { id: string }) => id).toReversed();
  const sum = (numbers: number[]) => numbers.reduce((left, right) => left + right, 0);
  expect({
    counters: messagingStats.counters.total,
    breakdown: sum(messagingStats.breakdown.map((row: { counters: { total: number } }) => row.counters.total)),
    series: sum(messagingStats.series.lines.flatMap((row: { total: number[] }) => row.total)),
    list: messages.totalCount,
  }).toEqual({ counters: ids.length, breakdown: ids.length, series: ids.length, list: ids.length });
  return ids.join('');
}

test('[GEN-06] [NOT-04] [NOT-15] null, an omitted field and an empty list all mean no restriction', async () => {
  const everything = 'abcde';
  expect(await passing(undefined)).toBe(everything);
  expect(await passing(null)).toBe(everything);
  expect(await passing({})).toBe(everything);
  for (const none of [null, []]) {
    for (const field of ['channels', 'statuses', 'shortStatuses', 'errorCodes']) {
      expect(await passing({ [field]: none })).toBe(everything);
    }
    const all = { channels: none, statuses: none, shortStatuses: none, errorCodes: none };
    expect(await passing({ ...all, timeAxis: null })).toBe(everything);
    expect(await passing({ ...all, channels: ['VIBER'] })).toBe('bc');
  }
});

test('[NOT-02] [NOT-03] [GEN-05] values of one filter widen it, several filters narrow it', async () => {
  expect(await passing({ channels: ['VIBER'] })).toBe('bc');
  expect(await passing({ channels: ['VIBER', 'SMS', 'VIBER'] })).toBe('abc');
  expect(await passing({ channels: ['EMAIL'] })).toBe('');
  expect(await passing({ statuses: ['ERROR', 'CREATED'] })).toBe('be');
  expect(await passing({ shortStatuses: ['NOT_DELIVERED'] })).toBe('bc');
  expect(await passing({ statuses: ['ERROR', 'DELIVERED'], shortStatuses: ['NOT_DELIVERED'] })).toBe('b');
  expect(await passing({ statuses: ['CREATED'], shortStatuses: ['NOT_SENT'] })).toBe('');
  expect(await passing({ channels: ['PUSH', 'VIBER'], errorCodes: ['17', 'x'] })).toBe('bd');
});

test('[NOT-10] the empty error code stands for messages without one, and a code that nobody sent for none', async () => {
  expect(await passing({ errorCodes: ['17'] })).toBe('ab');
  expect(await passing({ errorCodes: [''] })).toBe('ce');
  expect(await passing({ errorCodes: ['', 'x'] })).toBe('cde');
  expect(await passing({ errorCodes: ['X'] })).toBe('');
  expect(await passing({ errorCodes: ["'; DROP TABLE messages; --"] })).toBe('');
  expect(await passing({ errorCodes: ['a\0b', '\ud800'] })).toBe('');
  expect(await passing({ errorCodes: ['a\0b', '17'] })).toBe('ab');
});

test('[MSG-02] [NOT-03] filters hold on both axes', async () => {
  expect(await passing({ timeAxis: 'CREATED_AT', channels: ['VIBER', 'SMS'] })).toBe('abc');
  expect(await passing({ timeAxis: 'SENT_AT', channels: ['VIBER', 'SMS'] })).toBe('ac');
  expect(await passing({ timeAxis: 'SENT_AT', statuses: ['ERROR'] })).toBe('');
});

test('[NOT-02] [NOT-03] refuses values that are not in the schema', async () => {
  for (const filter of [{ channels: ['FAX'] }, { statuses: ['READ'] }, { timeAxis: 'STATUS_AT' }, { chatIds: ['1'] }]) {
    expect((await refusals(company, 'counters { total }', { filter })).map(({ code }) => code)).toEqual([
      'BAD_USER_INPUT',
    ]);
  }
});

test('[GEN-09] figures and lists are those of the company of the token alone, and need its scope', async () => {
  const other = await service.company();
  const query = `query($period: PeriodInput!) {
    messagingStats(period: $period) { counters { total } breakdown(by: [CHANNEL]) { keys } period { asOf } }
    messages(period: $period) { totalCount nodes { id } }
  }`;
  expect(await other.graph(query, { period: DAY })).toEqual({
    status: 200,
    data: {
      messagingStats: { counters: { total: 0 }, breakdown: [], period: { asOf: null } },
      messages: { totalCount: 0, nodes: [] },
    },
  });
  const ask = async (token: string | undefined) => {
    const { status, data, errors } = await service.graph(token, query, { period: DAY });
    return { status, data: data?.messagingStats?.counters, codes: errors?.map(({ extensions }) => extensions.code) };
  };
  const may = await service.token({ companyId: company.id, scopes: ['stats:read'] });
  expect(await ask(may)).toEqual({ status: 200, data: { total: 5 }, codes: undefined });
  const mayNot = await service.token({ companyId: company.id, scopes: ['billing:read', 'ingest:write'] });
  expect(await ask(mayNot)).toEqual({ status: 200, data: undefined, codes: ['FORBIDDEN', 'FORBIDDEN'] });
  const unknown = await service.token({ companyId: '999999' });
  expect((await ask(unknown)).codes).toEqual(['UNKNOWN_COMPANY', 'UNKNOWN_COMPANY']);
  expect((await ask(undefined)).codes).toEqual(['UNAUTHENTICATED']);
});

test('[GEN-01] [GEN-05] one request may ask for any mix of figures, lists and other things', async () => {
  const { data, errors } = await company.graph(
    `query($period: PeriodInput!) {
      company { id }
      all: messagingStats(period: $period) { counters { total } }
      viber: messagingStats(period: $period, filter: { channels: [VIBER] }) { counters { total } }
      messages(period: $period, first: 1) { nodes { id } totalCount }
      smsEstimate(text: "one part") { parts }
    }`,
    { period: DAY },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    company: { id: company.id },
    all: { counters: { total: 5 } },
    viber: { counters: { total: 2 } },
    messages: { nodes: [{ id: 'e' }], totalCount: 5 },
    smsEstimate: { parts: 1 },
  });
});
