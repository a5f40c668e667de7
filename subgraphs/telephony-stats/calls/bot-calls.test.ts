import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, COUNTERS, DAY, line, NO_COUNTERS } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const QUERY = `query($period: PeriodInput!, $of: PeriodInput!) {
  calls(period: $period) { nodes { id bot { id calls(period: $of) { ${COUNTERS.slice('counters {'.length, -1)} } } } }
}`;

test('[TEL-06] [TEL-18] a bot has the totals of its calls of any period, the same as the statistics of that bot', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    answered('a', 30, { botId: 'b1', number: '+1', wrapUpSeconds: 3, price: '0.5' }),
    line('b', { botId: 'b1', number: '+2', status: 'BUSY' }),
    line('c', { botId: 'b2' }),
    line('d'),
    answered('e', 5, { botId: 'b1', number: '+1', startedAt: '2026-03-09T12:00:00Z' }),
  ]);
  const ask = async (of: object) => {
    const { data, errors } = await company.graph(QUERY, { period: DAY, of });
    expect(errors).toBeUndefined();
    return Object.fromEntries(data.calls.nodes.map((call: { id: string; bot: object }) => [call.id, call.bot]));
  };
  const b1 = {
    total: 2,
    answered: 1,
    contacts: 2,
    contactsReached: 1,
    talkSeconds: 30,
    holdSeconds: 0,
    wrapUpSeconds: 3,
    averageHandlingSeconds: 33,
    answerSeizureRatio: 50,
    averageCallSeconds: 30,
    networkEffectivenessRatio: 100,
    price: { amount: '0.50', currency: 'EUR' },
  };
  const b2 = { ...NO_COUNTERS, total: 1, answerSeizureRatio: 0, networkEffectivenessRatio: 100 };
  const [ofB1, ofB2] = [
    { id: 'b1', calls: b1 },
    { id: 'b2', calls: b2 },
  ];
  expect(await ask(DAY)).toEqual({ a: ofB1, b: ofB1, c: ofB2, d: null });
  const before = await ask({ range: { from: at('00:00'), to: at('08:00') } });
  expect(before).toMatchObject({ a: { id: 'b1', calls: NO_COUNTERS }, c: { id: 'b2', calls: NO_COUNTERS } });
});

test('[TEL-06] [GEN-09] several periods stand side by side, and a bad one costs its own field alone', async () => {
  const company = await service.company();
  const other = await service.company();
  await company.ingest('calls', [line('a', { botId: 'b' })]);
  await other.ingest('calls', [line('a', { botId: 'b' }), line('b', { botId: 'b' })]);
  const query = `query($period: PeriodInput!, $bad: PeriodInput!) {
    calls(period: $period) { nodes { bot {
      day: calls(period: $period) { total }
      year: calls(period: { preset: THIS_YEAR }) { total }
      bad: calls(period: $bad) { total }
    } } }
  }`;
  const bad = { range: { from: at('10:00'), to: at('09:00') } };
  const { data, errors = [] } = await company.graph(query, { period: DAY, bad });
  expect(data.calls.nodes).toEqual([{ bot: { day: { total: 1 }, year: { total: 1 }, bad: null } }]);
  expect(errors.map(({ extensions: { code } }) => code)).toEqual(['BAD_USER_INPUT']);
});
