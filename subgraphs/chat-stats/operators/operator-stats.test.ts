import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import {
  at,
  byOperator,
  dialogue,
  message,
  readAsOf,
  refusals,
  stats,
} from '../dialogues/chat-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await company.ingest('directory', [
    { kind: 'OPERATOR', id: 'anna', name: 'Anna', groupIds: ['sales'] },
    { kind: 'OPERATOR', id: 'boris', name: 'Boris', groupIds: ['sales', 'care'] },
    { kind: 'OPERATOR', id: 'idle', name: 'Idle', groupIds: ['care'] },
  ]);
  await company.ingest('dialogues', [
    dialogue('a', { closedAt: at('10:00') }),
    dialogue('b', { messenger: 'LINE', groupId: 'care' }),
    dialogue('c', { startedAt: '2026-03-08T20:00:00Z' }),
  ]);
  await company.ingest('chat-messages', [
    message('1', 'a'),
    byOperator('2', 'a', 'anna'),
    byOperator('3', 'a', 'anna', { sentAt: '2026-03-11T09:00:00Z' }),
    byOperator('4', 'c', 'anna', { sentAt: '2026-03-09T09:00:00Z' }),
    byOperator('5', 'c', 'anna', { sentAt: '2026-03-11T09:00:00Z' }),
    message('6', 'b'),
    byOperator('7', 'b', 'carl'),
  ]);
  await company.ingest('operator-sessions', [
    { id: '1', dialogueId: 'c', operatorId: 'anna', assignedAt: '2026-03-08T20:00:00Z' },
    { id: '2', dialogueId: 'a', operatorId: 'anna', assignedAt: at('09:00') },
    { id: '3', dialogueId: 'a', operatorId: 'anna', assignedAt: at('09:30'), releasedAt: at('09:40') },
    { id: '4', dialogueId: 'b', operatorId: 'boris', assignedAt: at('09:00'), releasedAt: at('09:05') },
    { id: '5', dialogueId: 'b', operatorId: 'boris', assignedAt: at('09:05'), releasedAt: at('09:10') },
  ]);
  await company.ingest('operator-states', [
    { operatorId: 'boris', state: 'ONLINE', at: '2026-03-09T20:30:00Z' },
    { operatorId: 'boris', state: 'ONLINE', at: '2026-03-09T21:00:00Z' },
    { operatorId: 'boris', state: 'PAUSED', at: '2026-03-09T21:00:00.400Z' },
    { operatorId: 'boris', state: 'OFFLINE', at: '2026-03-11T21:00:01Z' },
    { operatorId: 'dora', state: 'ONLINE', at: '2026-03-15T11:00:00Z' },
    { operatorId: 'dora', state: 'OFFLINE', at: '2026-03-15T13:00:00Z' },
  ]);
});
afterAll(() => service.stop());

const MEASURES = 'dialoguesWithMessages activeDialogues skippedDialogues messages onlineSeconds pausedSeconds';
const THREE_DAYS = { dates: { startDate: '2026-03-09', endDate: '2026-03-11' } };

test('[CHAT-46] [CHAT-47] [CHAT-48] [CHAT-50] [CHAT-51] dialogues, messages and time of operators, with their names, most messages first', async () => {
  const { operators } = await stats(company, `operators { breakdown { operator { id name } ${MEASURES} } }`, {
    period: THREE_DAYS,
  });
  const row = (id: string, name: string, [written, active, skipped, messages, online, paused]: number[]) => ({
    operator: { id, name },
    dialoguesWithMessages: written,
    activeDialogues: active,
    skippedDialogues: skipped,
    messages,
    onlineSeconds: online,
    pausedSeconds: paused,
  });
  expect(operators.breakdown).toEqual([
    // Two dialogues on three days: the same one on several days is one.
    row('anna', 'Anna', [2, 2, 1, 4, 0, 0]),
    row('carl', 'carl', [1, 0, 0, 1, 0, 0]),
    // The second assignment of one dialogue is no second dialogue.
    row('boris', 'Boris', [0, 1, 1, 0, 1800, 172_800]),
  ]);
});

test('[CHAT-46] [CHAT-47] [CHAT-50] [CHAT-51] by day: distinct dialogues that do not add up, and seconds that do', async () => {
  const { operators } = await stats(
    company,
    `operators { series(granularity: DAY, first: 3) { buckets { start partial } lines { operator { id } ${MEASURES} } omittedLines } }`,
    { period: THREE_DAYS },
  );
  expect(operators.series.buckets).toEqual(
    [9, 10, 11].map((day) => ({ start: `2026-03-${String(day).padStart(2, '0')}T00:00:00.000+03:00`, partial: false })),
  );
  expect(operators.series.omittedLines).toBe(0);
  expect(operators.series.lines).toEqual([
    {
      operator: { id: 'anna' },
      dialoguesWithMessages: [1, 1, 2],
      activeDialogues: [1, 2, 1],
      skippedDialogues: [0, 1, 0],
      messages: [1, 1, 2],
      onlineSeconds: [0, 0, 0],
      pausedSeconds: [0, 0, 0],
    },
    {
      operator: { id: 'carl' },
      dialoguesWithMessages: [0, 1, 0],
      activeDialogues: [0, 0, 0],
      skippedDialogues: [0, 0, 0],
      messages: [0, 1, 0],
      onlineSeconds: [0, 0, 0],
      pausedSeconds: [0, 0, 0],
    },
    {
      operator: { id: 'boris' },
      dialoguesWithMessages: [0, 0, 0],
      activeDialogues: [0, 1, 0],
      skippedDialogues: [0, 1, 0],
      messages: [0, 0, 0],
      onlineSeconds: [1800, 0, 0],
      pausedSeconds: [0, 86_400, 86_400],
    },
  ]);
});

test('[CHAT-50] [CHAT-51] the timeline covers the period without a gap, and ends with null while a state lasts', async () => {
  const timeline = async (period: object, args = '') => {
    const { operators } = await stats(company, `operators { timeline${args} { operator { id } state from to } }`, {
      period,
    });
    return operators.timeline.map(
      ({ operator, state, from, to }: { operator: { id: string }; state: string; from: string; to: string | null }) =>
        `${operator.id} ${state} ${from.slice(5, 23)} ${to?.slice(5, 23) ?? 'still'}`,
    );
  };
  expect(await timeline(THREE_DAYS, '(operatorIds: ["boris", "idle"])')).toEqual([
    'boris OFFLINE 03-09T00:00:00.000 03-09T23:30:00.000',
    'boris ONLINE 03-09T23:30:00.000 03-10T00:00:00.400',
    'boris PAUSED 03-10T00:00:00.400 03-12T00:00:00.000',
  ]);
  // It is 15:00 in Moscow, and what begins later has not happened yet.
  expect(await timeline({ preset: 'TODAY' })).toEqual([
    'boris OFFLINE 03-15T00:00:00.000 still',
    'dora OFFLINE 03-15T00:00:00.000 03-15T14:00:00.000',
    'dora ONLINE 03-15T14:00:00.000 still',
  ]);
  const [refused] = await refusals(company, 'operators { timeline(operatorIds: ["nobody"]) { state } }');
  expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: ['operatorIds'] });
  expect(refused?.message).toContain('names "nobody"');
});

test('[CHAT-50] an open state counts up to the last commit, asOf', async () => {
  const period = { range: { from: '2026-03-15T11:59:59Z', to: '2026-03-16T00:00:00Z' } };
  const { operators } = await stats(company, 'operators { breakdown { operator { id } onlineSeconds } }', { period });
  const asOf = Date.parse((await readAsOf(company)) ?? '');
  const seconds = Math.round((asOf - Date.parse('2026-03-15T11:59:59Z')) / 1000);
  expect(operators.breakdown.find(({ operator }: { operator: { id: string } }) => operator.id === 'dora')).toEqual({
    operator: { id: 'dora' },
    onlineSeconds: seconds,
  });
});

test('[CHAT-03] [CHAT-07] operators and groups choose whose work is shown, and the rest narrows dialogues but not time', async () => {
  const ask = async (filter: object) => {
    const { operators } = await stats(
      company,
      'operators { breakdown { operator { id } activeDialogues messages pausedSeconds } }',
      { period: THREE_DAYS, filter },
    );
    return operators.breakdown.map(
      (row: { operator: { id: string }; activeDialogues: number; messages: number; pausedSeconds: number }) =>
        [row.operator.id, row.activeDialogues, row.messages, row.pausedSeconds].join(' '),
    );
  };
  expect(await ask({ operatorIds: ['anna', 'idle'] })).toEqual(['anna 2 4 0']);
  expect(await ask({ groupIds: ['sales'] })).toEqual(['anna 2 4 0', 'boris 1 0 172800']);
  expect(await ask({ groupIds: ['care'], operatorIds: ['boris', 'anna'] })).toEqual(['boris 1 0 172800']);
  expect(await ask({ groupIds: ['care'], operatorIds: ['anna'] })).toEqual([]);
  expect(await ask({ messengers: ['WEB'] })).toEqual(['anna 2 4 0', 'boris 0 0 172800']);
  expect(await ask({ hasCustomerMessages: true, handledBy: ['OPERATOR'] })).toEqual([
    'anna 1 2 0',
    'carl 0 1 0',
    'boris 1 0 172800',
  ]);
});

test('first limits the operators, and a series of too many points is refused with one that fits', async () => {
  const two =
    'operators { breakdown(first: 2) { operator { id } } series(granularity: DAY, first: 2) { omittedLines } }';
  const { operators } = await stats(company, two, { period: THREE_DAYS });
  expect([operators.breakdown.length, operators.series.omittedLines]).toEqual([2, 1]);
  const [many] = await refusals(company, 'operators { breakdown(first: 1001) { messages } }');
  expect(many?.message).toBe('first: 1001 is outside 1 to 1000; ask for a number within.');
  const [fine] = await refusals(company, 'operators { series(granularity: HOUR) { omittedLines } }', {
    period: { range: { from: '2025-03-10T00:00:00Z', to: '2026-03-14T00:00:00Z' } },
  });
  expect(fine).toMatchObject({ code: 'LIMIT_EXCEEDED', field: ['granularity'] });
  expect(fine?.message).toMatch(/ask for a coarser granularity or first: 2\.$/);
});
