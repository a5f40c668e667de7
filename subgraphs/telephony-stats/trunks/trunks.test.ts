import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { line, stats } from '../calls/call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const trunk = (id: string, name: string, more: object = {}) => ({ kind: 'TRUNK', id, name, ...more });

async function trunks(company: TestCompany) {
  const { data, errors } = await company.graph('{ trunks { id name callsPerSecondLimit } }');
  expect(errors).toBeUndefined();
  return data.trunks;
}

test('[TEL-02] trunks are those of the directory and those that legs name, by name, then by id', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    line('a', { trunkId: 'seen' }),
    line('b', { trunkId: 'named' }),
    // Not the deciding leg, and yet an event that names a trunk.
    line('c', { trunkId: 'Other leg', rootId: 'b', startedAt: '2026-03-10T08:00:00Z' }),
  ]);
  const answer = await company.ingest('directory', [
    trunk('named', 'Zadarma'),
    trunk('idle', 'Main', { callsPerSecondLimit: 5 }),
    trunk('idle 2', 'Main', { callsPerSecondLimit: 0 }),
  ]);
  expect(answer).toMatchObject({ status: 200, received: 3, inserted: 3, errors: [] });
  expect(await trunks(company)).toEqual([
    { id: 'idle', name: 'Main', callsPerSecondLimit: 5 },
    { id: 'idle 2', name: 'Main', callsPerSecondLimit: 0 },
    { id: 'Other leg', name: 'Other leg', callsPerSecondLimit: null },
    { id: 'named', name: 'Zadarma', callsPerSecondLimit: null },
    { id: 'seen', name: 'seen', callsPerSecondLimit: null },
  ]);
});

test('[TEL-02] names of the directory label trunks, bots and operators of breakdowns and series', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    line('a', { trunkId: 't', botId: 'b', operatorId: 'o' }),
    line('b', { trunkId: 't', botId: 'b2' }),
  ]);
  const { asOf } = (await stats(company, 'period { asOf }')).period;
  await company.ingest('directory', [
    trunk('t', 'Trunk'),
    { kind: 'BOT', id: 'b', name: 'Bot' },
    { kind: 'OPERATOR', id: 'o', name: 'Olga', groupIds: ['g'] },
    // The same id of another kind names nothing here.
    { kind: 'BOT', id: 'o', name: 'No operator' },
  ]);
  const selection = `period { asOf } breakdown(by: [BOT, OPERATOR, TRUNK]) { keys labels }
    series(granularity: DAY, by: [OPERATOR]) { lines { labels } }`;
  const answer = await stats(company, selection);
  expect(answer.period.asOf > asOf).toBe(true);
  expect(answer).toMatchObject({
    breakdown: [
      { keys: ['b', 'o', 't'], labels: ['Bot', 'Olga', 'Trunk'] },
      { keys: ['b2', '', 't'], labels: ['b2', '(none)', 'Trunk'] },
    ],
    series: { lines: [{ labels: ['(none)'] }, { labels: ['Olga'] }] },
  });
});

test('[TEL-02] a deleted trunk stays known to filters, is in no lookup and is labelled with its id', async () => {
  const company = await service.company();
  await company.ingest('calls', [line('a', { trunkId: 't' })]);
  await company.ingest('directory', [
    trunk('t', 'Trunk', { at: '2026-03-01T00:00:00Z' }),
    { kind: 'TRUNK', id: 't', deleted: true, at: '2026-03-02T00:00:00Z' },
    { kind: 'TRUNK', id: 'never', deleted: true },
  ]);
  expect(await trunks(company)).toEqual([]);
  const filter = { trunkIds: ['t', 'never'] };
  expect(await stats(company, 'breakdown(by: [TRUNK]) { keys labels }', { filter })).toEqual({
    breakdown: [{ keys: ['t'], labels: ['t'] }],
  });
  const { data } = await company.graph(
    '{ calls(period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }) { nodes { trunk { id name } } } }',
  );
  expect(data.calls.nodes).toEqual([{ trunk: { id: 't', name: 't' } }]);
  // An older entry that comes late changes nothing, a newer one brings the trunk back.
  await company.ingest('directory', [trunk('t', 'Late', { at: '2026-03-01T12:00:00Z' })]);
  expect(await trunks(company)).toEqual([]);
  await company.ingest('directory', [trunk('t', 'Back', { at: '2026-03-03T00:00:00Z' })]);
  expect(await trunks(company)).toEqual([{ id: 't', name: 'Back', callsPerSecondLimit: null }]);
});

test('[TEL-02] filters take ids that only the directory knows, and a faulty TRUNK line is rejected', async () => {
  const company = await service.company();
  await company.ingest('directory', [
    trunk('t', 'Trunk'),
    { kind: 'BOT', id: 'b', name: 'Bot' },
    { kind: 'OPERATOR', id: 'o', name: 'Olga' },
  ]);
  const filter = { trunkIds: ['t'], botIds: ['b'], operatorIds: ['o'] };
  expect(await stats(company, 'counters { total }', { filter })).toEqual({ counters: { total: 0 } });
  const answer = await company.ingest('directory', [
    trunk('x', 'Trunk', { callsPerSecondLimit: -1 }),
    trunk('y', ''),
    trunk('z', 'Good'),
  ]);
  expect(answer).toMatchObject({ received: 3, inserted: 1, rejected: 2 });
  expect(answer.errors.map(({ line: number, code, field }) => [number, code, field])).toEqual([
    [1, 'INVALID_FIELD', 'callsPerSecondLimit'],
    [2, 'MISSING_FIELD', 'name'],
  ]);
});
