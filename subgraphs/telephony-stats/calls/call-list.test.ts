import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, CALL, DAY, line, listed, shown } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const PAGE = `query($first: Int, $after: String, $last: Int, $before: String, $period: PeriodInput!) {
  calls(period: $period, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { id } } nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function page(company: TestCompany, args: object) {
  const { data, errors } = await company.graph(PAGE, { period: DAY, ...args });
  expect(errors).toBeUndefined();
  const { nodes, pageInfo, totalCount } = data.calls;
  return { ids: nodes.map(({ id }: { id: string }) => id).join(''), ...pageInfo, totalCount };
}

test('[TEL-01] [TEL-18] shows every field of a call', async () => {
  const company = await service.company();
  await company.ingest('directory', [{ kind: 'TRUNK', id: 't', name: 'Main trunk', callsPerSecondLimit: 30 }]);
  const full = {
    trunkId: 't',
    botId: 'b',
    operatorId: 'o',
    evaluation: 'GOOD',
    cause: 'Normal clearing',
    price: '0.01',
  };
  await company.ingest('calls', [line('bare'), answered('full', 12, { direction: 'INBOUND', ...full })]);
  expect(await listed(company)).toEqual([
    {
      id: 'full',
      direction: 'INBOUND',
      status: 'ANSWERED',
      startedAt: shown('09:00'),
      answeredAt: shown('09:00'),
      endedAt: shown('09:00:12'),
      talkSeconds: 12,
      trunk: { id: 't', name: 'Main trunk', callsPerSecondLimit: 30 },
      bot: { id: 'b' },
      operator: { id: 'o' },
      evaluation: 'GOOD',
      cause: 'Normal clearing',
      price: { amount: '0.01', currency: 'EUR' },
    },
    {
      id: 'bare',
      direction: 'OUTBOUND',
      status: 'NO_ANSWER',
      startedAt: shown('09:00'),
      answeredAt: null,
      endedAt: shown('09:00'),
      talkSeconds: 0,
      trunk: null,
      bot: null,
      operator: null,
      evaluation: null,
      cause: null,
      price: null,
    },
  ]);
});

test('[TEL-18] pages go newest first, then by id descending, forwards and backwards, while calls arrive', async () => {
  const company = await service.company();
  const calls = ['a', 'b', 'c', 'd', 'e'].map((id, index) =>
    line(id, { startedAt: at(`09:0${index < 3 ? 0 : index}`) }),
  );
  await company.ingest('calls', calls);
  const first = await page(company, { first: 2 });
  expect(first).toMatchObject({ ids: 'ed', hasNextPage: true, hasPreviousPage: false, totalCount: 5 });
  await company.ingest('calls', [line('z', { startedAt: at('09:30') })]);
  const second = await page(company, { first: 2, after: first.endCursor });
  expect(second).toMatchObject({ ids: 'cb', hasNextPage: true, hasPreviousPage: true, totalCount: 6 });
  expect(await page(company, { first: 2, after: second.endCursor })).toMatchObject({ ids: 'a', hasNextPage: false });
  expect(await page(company, { last: 2 })).toMatchObject({ ids: 'ba', hasPreviousPage: true, hasNextPage: false });
  expect(await page(company, { last: 2, before: second.startCursor })).toMatchObject({
    ids: 'ed',
    hasPreviousPage: true,
  });
});

test('[TEL-18] refuses cursors of other lists and sizes out of range', async () => {
  const company = await service.company();
  await company.ingest('calls', [line('a')]);
  await company.ingest('messages', [
    { id: 'a', channel: 'SMS', status: 'DELIVERED', createdAt: at('09:00'), statusAt: at('09:00') },
  ]);
  const { data } = await company.graph(
    'query($period: PeriodInput!) { messages(period: $period) { pageInfo { endCursor } } }',
    { period: DAY },
  );
  for (const args of [
    { after: data.messages.pageInfo.endCursor },
    { before: 'x' },
    { first: 0 },
    { last: 1001 },
    { first: 1, last: 1 },
  ]) {
    const { errors = [] } = await company.graph(PAGE, { period: DAY, ...args });
    expect(errors.map(({ extensions: { code, field } }) => [code, field])).toEqual([
      ['BAD_USER_INPUT', [Object.keys(args).at(-1)]],
    ]);
  }
  const rows = await company.graph(`query { calls(period: { preset: TODAY }) { nodes { ${CALL} } totalCount } }`);
  expect(rows.data).toEqual({ calls: { nodes: [], totalCount: 0 } });
});
