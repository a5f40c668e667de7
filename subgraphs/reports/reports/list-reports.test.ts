import { Client } from 'pg';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { order, reportOf } from './report.test-support.ts';

let service: TestService;
let company: TestCompany;
let ids: Record<string, string>;

const TEN_MINUTES = 600_000;

beforeAll(async () => {
  service = await startTestService();
  // Where it is midnight just now.
  company = await service.company({ timeZone: 'Asia/Kamchatka' });
  ids = {};
  // Added every ten minutes around midnight, the last two at one instant.
  const added = ['Март 50% off', 'march_total', 'Broken', 'waiting', 'Other MARCH'];
  for (const [index, name] of added.entries()) {
    service.clock.set(TEST_NOW + (Math.min(index, 3) - 2) * TEN_MINUTES);
    ids[name] = await order(company, { name, service: index === 1 ? 'VIBER' : 'SMS' });
    if (index === 1) await service.runJobs();
  }
  const { ownerUrl } = service;
  await onOwner(
    ownerUrl,
    `UPDATE reports.reports SET status = 'ERROR', error_code = 'GENERATION_FAILED', error_message = 'm', error_retryable = true
      WHERE name = 'Broken'`,
  );
});
afterAll(() => service.stop());

async function onOwner(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // The owner of the tables is held to row-level security too, unless it is a superuser.
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const LIST = `query List($filter: ReportFilter, $first: Int, $after: String, $last: Int, $before: String) {
  reports(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { name } totalCount counts { all generated generating error }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function list(filter: object | null, page: object = {}) {
  const { data, errors } = await company.graph(LIST, { filter, ...page });
  if (errors) throw new Error(JSON.stringify(errors));
  const { nodes, ...rest } = data.reports;
  return { names: nodes.map(({ name }: { name: string }) => name).sort(), ...rest };
}

const names = async (filter: object) => (await list(filter)).names;

test('[REP-01] [REP-14] all reports are listed, newest first, with counts for the buttons', async () => {
  const { data } = await company.graph(
    '{ reports { nodes { name } totalCount counts { all generated generating error } } }',
  );
  const { nodes, ...rest } = data.reports;
  const [first, second, ...older] = nodes.map(({ name }: { name: string }) => name);
  expect([first, second].sort()).toEqual(['Other MARCH', 'waiting']);
  expect(older).toEqual(['Broken', 'march_total', 'Март 50% off']);
  expect(rest).toEqual({ totalCount: 5, counts: { all: 5, generated: 2, generating: 2, error: 1 } });
});

test.each([
  ['march', ['Other MARCH', 'march_total']],
  ['МАРТ', ['Март 50% off']],
  ['0% O', ['Март 50% off']],
  ['h_t', ['march_total']],
  ['%', ['Март 50% off']],
  ['_', ['march_total']],
  ['\\', []],
  ["' OR true --", []],
  ['', ['Broken', 'Other MARCH', 'march_total', 'waiting', 'Март 50% off'].sort()],
])(
  '[REP-09] a search for %j finds a part of the name in any case, every character standing for itself',
  async (search, found) => {
    expect(await names({ search })).toEqual(found);
  },
);

test('[REP-10] the filter by date goes by when a report was added, in the zone of the company', async () => {
  const dates = (startDate: string, endDate: string, startTime?: string) => ({
    addedAt: { dates: { startDate, endDate, startTime } },
  });
  expect(await names(dates('2026-03-15', '2026-03-15'))).toEqual(['march_total', 'Март 50% off']);
  expect(await names(dates('2026-03-15', '2026-03-15', '23:50'))).toEqual(['march_total']);
  expect(await names(dates('2026-03-16', '2026-03-16'))).toEqual(['Broken', 'Other MARCH', 'waiting']);
  expect(await names(dates('2026-03-14', '2026-03-14'))).toEqual([]);
});

test.each([
  ['[REP-11]', ['GENERATED'], ['march_total', 'Март 50% off']],
  ['[REP-12]', ['GENERATING'], ['Other MARCH', 'waiting']],
  ['[REP-13]', ['ERROR'], ['Broken']],
  ['[REP-13]', ['ERROR', 'GENERATED'], ['Broken', 'march_total', 'Март 50% off']],
  ['[REP-14]', [], ['Broken', 'Other MARCH', 'march_total', 'waiting', 'Март 50% off'].sort()],
])('%s the statuses %j have their reports, and counts that do not depend on them', async (_, statuses, found) => {
  const { names: listed, totalCount, counts } = await list({ statuses });
  expect(listed).toEqual(found);
  expect(totalCount).toBe(found.length);
  expect(counts).toEqual({ all: 5, generated: 2, generating: 2, error: 1 });
});

test('[REP-13] a report in error says why', async () => {
  const report = await reportOf(company, ids['Broken'] ?? '');
  expect(report.error).toEqual({ code: 'GENERATION_FAILED', message: 'm', retryable: true });
});

test('[REP-18] search, dates, statuses and services hold together, and null clears each of them', async () => {
  const addedAt = { preset: 'LAST_7_DAYS' };
  const filter = { search: 'mar', statuses: ['GENERATED'], services: ['VIBER'], addedAt };
  const { names: listed, counts } = await list(filter);
  expect(listed).toEqual(['march_total']);
  expect(counts).toEqual({ all: 1, generated: 1, generating: 0, error: 0 });
  expect(await names({ ...filter, services: ['SMS'] })).toEqual([]);
  expect((await list({ search: null, statuses: null, services: [], addedAt: null })).totalCount).toBe(5);
  expect((await list(null)).totalCount).toBe(5);
});

test('[REP-01] pages join up, forwards and backwards, also where reports were added at the same instant', async () => {
  const all = (await company.graph('{ reports { nodes { name } } }')).data.reports.nodes;
  for (const backwards of [false, true]) {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const page = backwards ? { last: 1, before: cursor } : { first: 1, after: cursor };
      const { data } = await company.graph(LIST, page);
      const { nodes, pageInfo, totalCount } = data.reports;
      expect(totalCount).toBe(5);
      seen.push(...nodes);
      cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
      more = backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    }
    expect(backwards ? seen.reverse() : seen).toEqual(all);
  }
});

test.each([
  [{ filter: { search: 'x'.repeat(201) } }, ['filter', 'search']],
  [{ filter: { search: 'a\u0000b' } }, ['filter', 'search']],
  [{ filter: { addedAt: {} } }, ['filter', 'addedAt']],
  [{ after: 'nothing' }, ['after']],
  [{ first: 0 }, ['first']],
])('what cannot be listed is an error that names its place: %j', async (variables, field) => {
  const { data, errors } = await company.graph(LIST, variables);
  expect(data.reports).toBeNull();
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', service: 'reports', field });
});

test('reports of another company are neither listed nor found, and look like what does not exist', async () => {
  const other = await service.company();
  const { data } = await other.graph(
    '{ reports { totalCount nodes { id } counts { all generated generating error } } }',
  );
  expect(data.reports).toEqual({ totalCount: 0, nodes: [], counts: { all: 0, generated: 0, generating: 0, error: 0 } });
  for (const id of [ids['march_total'] ?? '', '00000000-0000-0000-0000-000000000000', "x' OR true", 'a\u0000']) {
    const answer = await other.graph('query Report($id: ID!) { report(id: $id) { id } }', { id });
    expect(answer.data).toEqual({ report: null });
    expect(answer.errors?.[0]).toMatchObject({
      message: `there is no report ${JSON.stringify(id)}; take an id from the list of reports.`,
      extensions: { code: 'NOT_FOUND', service: 'reports', field: ['id'] },
    });
  }
});

test('reading reports needs reports:read', async () => {
  const bearer = await service.token({ companyId: company.id, scopes: ['reports:write', 'stats:read'] });
  const { errors } = await service.graph(bearer, '{ reports { totalCount } report(id: "x") { id } }');
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});
