import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, DAY, line, refusals, stats } from './call-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await company.ingest('calls', [
    answered('a', 10, { direction: 'INBOUND', trunkId: 't1', botId: 'b1', evaluation: 'GOOD' }),
    answered('b', 20, { trunkId: 't1', operatorId: 'o1', evaluation: 'BAD' }),
    line('c', { status: 'BUSY', trunkId: 't2', botId: 'b1', operatorId: 'o1' }),
    line('d', { status: 'IN_PROGRESS', trunkId: 't2', botId: 'b2' }),
    line('e', { status: 'ANSWERED', answeredAt: at('09:00') }),
    // Trunk t3 and bot b3 are named by a leg that does not decide.
    line('c2', { rootId: 'c', startedAt: at('08:59'), trunkId: 't3', botId: 'b3' }),
  ]);
});
afterAll(() => service.stop());

const LISTS = ['directions', 'statuses', 'trunkIds', 'botIds', 'operatorIds', 'evaluations'];

/** Ids of the calls that pass a filter, and that figures of every shape count as many. */
async function passing(filter: object | null | undefined): Promise<string> {
  const query = `query($period: PeriodInput!, $filter: CallFilter) {
    telephonyStats(period: $period, filter: $filter) {
      counters { total }
      breakdown(by: [STATUS]) { counters { total } }
      series(granularity: DAY, by: [TRUNK]) { lines { total } }
    }
    calls(period: $period, filter: $filter) { totalCount nodes { id } }
  }`;
  const { data, errors } = await company.graph(query, { period: DAY, filter });
  expect(errors).toBeUndefined();
  const { telephonyStats, calls } = data;
  const ids = calls.nodes.map(({ id }: { id: string }) => id).toSorted();
  const sum = (numbers: number[]) => numbers.reduce((left, right) => left + right, 0);
  expect({
    counters: telephonyStats.counters.total,
    breakdown: sum(telephonyStats.breakdown.map((row: { counters: { total: number } }) => row.counters.total)),
    series: sum(telephonyStats.series.lines.flatMap((row: { total: number[] }) => row.total)),
    list: calls.totalCount,
  }).toEqual({ counters: ids.length, breakdown: ids.length, series: ids.length, list: ids.length });
  return ids.join('');
}

test('[TEL-04] [GEN-06] null, an omitted field and an empty list all mean no restriction', async () => {
  const everything = 'abcde';
  expect(await passing(undefined)).toBe(everything);
  expect(await passing(null)).toBe(everything);
  expect(await passing({})).toBe(everything);
  for (const none of [null, []]) {
    for (const field of LISTS) expect(await passing({ [field]: none })).toBe(everything);
    const all = Object.fromEntries(LISTS.map((field) => [field, none]));
    expect(await passing({ ...all, talkSecondsFrom: null, talkSecondsTo: null })).toBe(everything);
    expect(await passing({ ...all, trunkIds: ['t1'] })).toBe('ab');
  }
});

test('[TEL-02] [TEL-19] values of one filter widen it, several filters narrow it', async () => {
  expect(await passing({ directions: ['INBOUND'] })).toBe('a');
  expect(await passing({ directions: ['INBOUND', 'OUTBOUND'] })).toBe('abcde');
  expect(await passing({ statuses: ['BUSY', 'IN_PROGRESS'] })).toBe('cd');
  expect(await passing({ statuses: ['CONGESTION'] })).toBe('');
  expect(await passing({ trunkIds: ['t2', 't1', 't2'] })).toBe('abcd');
  expect(await passing({ botIds: ['b1'] })).toBe('ac');
  expect(await passing({ botIds: ['b1'], operatorIds: ['o1'] })).toBe('c');
  expect(await passing({ evaluations: ['GOOD', ''] })).toBe('acde');
  expect(await passing({ evaluations: ['UNHEARD OF'] })).toBe('');
  // What the database could not even hold is no call's evaluation.
  expect(await passing({ evaluations: ['a\0b', '\ud800'] })).toBe('');
  expect(await passing({ evaluations: ['a\0b', 'GOOD'] })).toBe('a');
  // Known, as a leg names it; yet no call has it.
  expect(await passing({ trunkIds: ['t3'] })).toBe('');
  expect(await passing({ botIds: ['b3', 'b2'] })).toBe('d');
});

test('[TEL-02] [TEL-17] bounds of billed seconds pass answered calls of [from, to), and no running one', async () => {
  expect(await passing({ talkSecondsFrom: 0 })).toBe('ab');
  expect(await passing({ talkSecondsFrom: 10 })).toBe('ab');
  expect(await passing({ talkSecondsFrom: 11 })).toBe('b');
  expect(await passing({ talkSecondsTo: 20 })).toBe('a');
  expect(await passing({ talkSecondsTo: 21 })).toBe('ab');
  expect(await passing({ talkSecondsFrom: 10, talkSecondsTo: 20 })).toBe('a');
  expect(await passing({ talkSecondsFrom: 10, talkSecondsTo: 10 })).toBe('');
  expect(await passing({ talkSecondsFrom: 0, statuses: ['IN_PROGRESS', 'BUSY'] })).toBe('');
});

/** The refusals of both root fields, which must be alike. */
async function refused(filter: object) {
  const ofStats = await refusals(company, 'counters { total }', { filter });
  const query =
    'query($period: PeriodInput!, $filter: CallFilter) { calls(period: $period, filter: $filter) { totalCount } }';
  const { data, errors = [] } = await company.graph(query, { period: DAY, filter });
  expect(data?.calls ?? null).toBeNull();
  expect(errors.map(({ message, extensions: { code, field } }) => ({ code, field, message }))).toEqual(ofStats);
  return ofStats;
}

test('[TEL-02] refuses bounds of billed seconds that are below 0 or the wrong way round', async () => {
  expect(await refused({ talkSecondsFrom: 20, talkSecondsTo: 10 })).toEqual([
    {
      code: 'BAD_USER_INPUT',
      field: ['filter', 'talkSecondsFrom'],
      message:
        'filter.talkSecondsFrom: 20 lies above talkSecondsTo 10; give the lesser number first, as calls of [from, to) seconds are counted.',
    },
  ]);
  expect(await refused({ talkSecondsFrom: -1 })).toMatchObject([{ field: ['filter', 'talkSecondsFrom'] }]);
  expect(await refused({ talkSecondsTo: -1 })).toMatchObject([{ field: ['filter', 'talkSecondsTo'] }]);
});

const IDS = [
  ['trunkIds', 'TRUNK', 't1'],
  ['botIds', 'BOT', 'b1'],
  ['operatorIds', 'OPERATOR', 'o1'],
] as const;

test.each(IDS)('[TEL-02] [GEN-09] refuses unknown %s, and those of another company', async (field, kind, known) => {
  const other = await service.company();
  const theirs = { trunkIds: 'their trunk', botIds: 'their bot', operatorIds: 'their operator' };
  await other.ingest('calls', [
    line('x', { trunkId: theirs.trunkIds, botId: theirs.botIds, operatorId: theirs.operatorIds }),
  ]);
  await other.ingest('directory', [{ kind, id: 'their entry', name: 'Theirs' }]);
  for (const unknown of [theirs[field], 'their entry', 'nobody', '', "'; DROP TABLE calls; --", '\ud800', 'a\0b']) {
    const [error, ...others] = await refused({ [field]: [known, unknown] });
    expect(others).toEqual([]);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', field: ['filter', field] });
    expect(error?.message).toContain(`send a directory line of kind ${kind}`);
    expect(error?.message).not.toContain(JSON.stringify(known));
  }
  const [error] = await refused({ [field]: ['p', known, 'q'] });
  expect(error?.message).toContain('"p", "q"');
});

test('[TEL-02] refuses values that are not in the schema', async () => {
  for (const filter of [
    { directions: ['BOTH'] },
    { statuses: ['RINGING'] },
    { talkSecondsFrom: 1.5 },
    { chatIds: ['1'] },
  ]) {
    expect((await refusals(company, 'counters { total }', { filter })).map(({ code }) => code)).toEqual([
      'BAD_USER_INPUT',
    ]);
  }
});

test('[TEL-01] [GEN-09] figures and lists are those of the company of the token alone, and need its scope', async () => {
  const other = await service.company();
  const query = `query($period: PeriodInput!) {
    telephonyStats(period: $period) { counters { total } breakdown(by: [TRUNK]) { keys } period { asOf } }
    calls(period: $period) { totalCount nodes { id } }
    trunks { id }
  }`;
  expect(await other.graph(query, { period: DAY })).toEqual({
    status: 200,
    data: {
      telephonyStats: { counters: { total: 0 }, breakdown: [], period: { asOf: null } },
      calls: { totalCount: 0, nodes: [] },
      trunks: [],
    },
  });
  const ask = async (token: string | undefined) => {
    const { errors } = await service.graph(token, query, { period: DAY });
    return errors?.map(({ extensions }) => extensions.code);
  };
  expect(await ask(await service.token({ companyId: company.id, scopes: ['stats:read'] }))).toBeUndefined();
  const mayNot = await service.token({ companyId: company.id, scopes: ['billing:read', 'ingest:write'] });
  expect(await ask(mayNot)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  const unknown = await service.token({ companyId: '999999' });
  expect(await ask(unknown)).toEqual(['UNKNOWN_COMPANY', 'UNKNOWN_COMPANY', 'UNKNOWN_COMPANY']);
  expect(await stats(company, 'counters { total }')).toEqual({ counters: { total: 5 } });
});
