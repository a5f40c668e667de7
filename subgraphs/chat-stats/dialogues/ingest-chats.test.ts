import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import {
  answer,
  at,
  byBot,
  byOperator,
  DIALOGUE_COUNTERS,
  dialogue,
  MESSAGE_COUNTERS,
  message,
  NO_DIALOGUES,
  NO_DURATION,
  NO_MESSAGES,
  readAsOf,
  stats,
} from './chat-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

const COUNTERS = `dialogues { ${DIALOGUE_COUNTERS} } messages { ${MESSAGE_COUNTERS} }`;

async function counters() {
  const { dialogues, messages } = await stats(company, COUNTERS);
  return { dialogues: dialogues.counters, messages: messages.counters };
}

test('[CHAT-01] a company without chats has counters of 0, percentages of null and no asOf', async () => {
  expect(await counters()).toEqual({ dialogues: NO_DIALOGUES, messages: NO_MESSAGES });
  expect(await readAsOf(company)).toBeNull();
});

test('[CHAT-30] [CHAT-31] [CHAT-32] [CHAT-33] [CHAT-34] dialogues are handled by the robot, by an operator or by nobody, in percentages that add up to 100', async () => {
  expect(
    await company.ingest(
      'dialogues',
      ['robot', 'both', 'nobody'].map((id) => dialogue(id)),
    ),
  ).toEqual(answer({ received: 3, inserted: 3 }));
  const lines = [
    message('1', 'robot', { price: '0.01' }),
    byBot('2', 'robot'),
    message('3', 'both', { sentAt: at('09:02') }),
    byBot('4', 'both', { price: '0.0055' }),
    byOperator('5', 'both', 'anna', { sentAt: at('09:02:30.500') }),
    byOperator('6', 'both', 'boris', { sentAt: at('09:09') }),
    message('7', 'nobody'),
  ];
  expect(await company.ingest('chat-messages', lines)).toEqual(answer({ received: 7, inserted: 7 }));
  const firstResponseSeconds = { count: 1, mean: 30.5, median: 30.5, p90: 30.5, max: 30.5 };
  expect(await counters()).toEqual({
    dialogues: {
      total: 3,
      byRobot: 1,
      byOperator: 1,
      unhandled: 1,
      byRobotPercent: 33.4,
      byOperatorPercent: 33.3,
      unhandledPercent: 33.3,
      firstResponseSeconds,
    },
    messages: { total: 7, fromClients: 3, fromBots: 2, fromOperators: 2, price: { amount: '0.0155', currency: 'EUR' } },
  });
});

test('a message whose dialogue is unknown waits, and counts at its own time from the moment the dialogue arrives', async () => {
  const early = message('m', 'd', { sentAt: '2026-03-09T23:30:00Z', text: 'Hello' });
  expect(await company.ingest('chat-messages', [early, early])).toEqual(
    answer({ received: 2, waiting: 1, unchanged: 1 }),
  );
  expect(await company.ingest('chat-messages', [early])).toEqual(answer({ received: 1, unchanged: 1 }));
  expect((await counters()).messages).toEqual(NO_MESSAGES);
  const before = await readAsOf(company);
  expect(before).not.toBeNull();

  expect(await company.ingest('dialogues', [dialogue('d', { startedAt: at('20:00') })])).toEqual(
    answer({ received: 1, inserted: 1 }),
  );
  const { dialogues, messages } = await stats(
    company,
    'dialogues { counters { total unhandled } } messages { series(granularity: HOUR) { lines { total } } }',
  );
  expect(dialogues.counters).toEqual({ total: 1, unhandled: 1 });
  expect(messages.series.lines[0].total).toEqual([0, 0, 1, ...new Array(21).fill(0)]);
  const passing = await stats(company, 'dialogues { counters { total } }', { filter: { hasCustomerMessages: true } });
  expect(passing.dialogues.counters.total).toBe(1);
  expect(await company.ingest('chat-messages', [early])).toEqual(answer({ received: 1, unchanged: 1 }));
});

test('attributes of a dialogue that arrive later move its messages too, and a later closedAt stands', async () => {
  await company.ingest('dialogues', [dialogue('d', { closedAt: at('10:00') })]);
  await company.ingest('chat-messages', [message('m', 'd')]);
  const later = dialogue('d', { botId: 'b', groupId: 'g', closedAt: at('09:30') });
  expect(await company.ingest('dialogues', [later, later])).toEqual(answer({ received: 2, updated: 1, unchanged: 1 }));
  const { messages } = await stats(company, 'messages { breakdown(by: [BOT, GROUP]) { keys counters { total } } }');
  expect(messages.breakdown).toEqual([{ keys: ['b', 'g'], counters: { total: 1 } }]);
  const { data } = await company.graph(
    '{ dialogues(period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }) { nodes { closedAt } } }',
  );
  expect(data.dialogues.nodes).toEqual([{ closedAt: '2026-03-10T13:00:00.000+03:00' }]);
});

test('a deleted dialogue takes its messages with it, those that come later too, and those that waited', async () => {
  await company.ingest('dialogues', [dialogue('d'), dialogue('kept')]);
  await company.ingest('chat-messages', [
    message('1', 'd'),
    byBot('2', 'd'),
    message('3', 'kept'),
    message('4', 'never'),
  ]);
  const gone = ['d', 'never'].map((id) => ({ id, deleted: true }));
  expect(await company.ingest('dialogues', [...gone, dialogue('d')])).toEqual(
    answer({ received: 3, updated: 1, inserted: 1, unchanged: 1 }),
  );
  const late = [message('1', 'd'), message('5', 'd'), message('4', 'never')];
  expect(await company.ingest('chat-messages', late)).toEqual(answer({ received: 3, unchanged: 3 }));
  expect(await company.ingest('dialogues', [dialogue('never')])).toEqual(answer({ received: 1, unchanged: 1 }));
  const after = await counters();
  expect([after.dialogues.total, after.messages.total]).toEqual([1, 1]);
  expect(after.dialogues.firstResponseSeconds).toEqual(NO_DURATION);
});

test('of the messages of a deleted dialogue nothing is kept, not even who wrote them', async () => {
  await company.ingest('dialogues', [dialogue('d')]);
  await company.ingest('chat-messages', [byOperator('1', 'd', 'anna'), byOperator('2', 'never', 'boris')]);
  const operators = async () => (await company.graph('{ operators { nodes { id } } }')).data.operators.nodes;
  expect(await operators()).toEqual([{ id: 'anna' }, { id: 'boris' }]);
  await company.ingest(
    'dialogues',
    ['d', 'never'].map((id) => ({ id, deleted: true })),
  );
  expect(await operators()).toEqual([]);
});

test('a deleted message is subtracted from its dialogue, whatever came first', async () => {
  await company.ingest('dialogues', [dialogue('d')]);
  await company.ingest('chat-messages', [message('1', 'd'), byOperator('2', 'd', 'anna')]);
  expect((await counters()).dialogues).toMatchObject({ byOperator: 1, unhandled: 0 });
  const gone = ['2', '3'].map((id) => ({ id, deleted: true }));
  expect(await company.ingest('chat-messages', gone)).toEqual(answer({ received: 2, updated: 1, inserted: 1 }));
  expect(await company.ingest('chat-messages', [byOperator('3', 'd', 'anna'), byOperator('2', 'd', 'anna')])).toEqual(
    answer({ received: 2, unchanged: 2 }),
  );
  expect((await counters()).dialogues).toMatchObject({ byOperator: 0, unhandled: 1 });
  const { dialogues } = await stats(company, 'dialogues { breakdown(by: [OPERATOR]) { keys } }');
  expect(dialogues.breakdown).toEqual([{ keys: [''] }]);
});

test('a message may be completed by a later line and never be contradicted, and nothing that was written is repeated', async () => {
  await company.ingest('dialogues', [dialogue('d')]);
  const texts = { text: 'My card is 4111 1111', template: 'card {n}' };
  expect(
    await company.ingest('chat-messages', [byBot('m', 'd'), byBot('m', 'd', { ...texts, price: '0.01' })]),
  ).toEqual(answer({ received: 2, inserted: 1, updated: 1 }));
  const alike = { text: ' my CARD is 5222 9!', template: 'Card n', price: '0.010000' };
  expect(await company.ingest('chat-messages', [byBot('m', 'd', alike)])).toEqual(
    answer({ received: 1, unchanged: 1 }),
  );
  const { errors, ...counts } = await company.ingest('chat-messages', [
    byBot('m', 'd', { text: 'secret' }),
    byBot('m', 'd', { template: 'secret' }),
    byBot('m', 'd', { price: '0.02' }),
    byBot('m', 'd', { sentAt: at('10:00') }),
    byBot('m', 'other'),
    message('m', 'd'),
  ]);
  expect(counts).toMatchObject({ received: 6, rejected: 6 });
  expect(errors.map(({ code, field }) => `${code} ${field}`)).toEqual(
    ['text', 'template', 'price', 'sentAt', 'dialogueId', 'author'].map((field) => `IMMUTABLE_FIELD ${field}`),
  );
  expect(JSON.stringify(errors)).not.toContain('secret');
  expect(errors[2]?.message).toBe(
    'price is known to be "0.01" and never changes, but this line says "0.02"; ' +
      'send the known value, or use another id for another event.',
  );
});

test('identity fields of a dialogue are never contradicted', async () => {
  const known = dialogue('d', {
    botId: 'b',
    groupId: 'g',
    clientId: 'p',
    latitude: 1.5,
    longitude: -2,
    messenger: 'new one',
  });
  await company.ingest('dialogues', [known]);
  const others = {
    chatId: 'c2',
    messenger: 'WEB',
    startedAt: at('09:01'),
    botId: 'x',
    groupId: 'x',
    clientId: 'x',
    latitude: 1,
    longitude: 2,
  };
  const lines = Object.entries(others).map(([field, value]) => ({ ...known, [field]: value }));
  const { errors } = await company.ingest('dialogues', [...lines, { ...known, messenger: 'another new one' }]);
  expect(errors.map(({ code, field }) => `${code} ${field}`)).toEqual(
    Object.keys(others).map((field) => `IMMUTABLE_FIELD ${field}`),
  );
});

test('bad lines are rejected with the field and a remedy', async () => {
  const faults = async (kind: string, line: object) => {
    const { errors } = await company.ingest(kind, [line]);
    return errors.map(({ code, field, message: text }) => `${code} ${field}: ${text}`);
  };
  expect(await faults('chat-messages', message('m', 'd', { author: 'OPERATOR' }))).toEqual([
    'MISSING_FIELD operatorId: operatorId is missing; send a string of 1 to 64 characters.',
  ]);
  expect(await faults('chat-messages', message('m', 'd', { author: 'ROBOT' }))).toEqual([
    'INVALID_FIELD author: author "ROBOT" is not known; send CLIENT, BOT or OPERATOR.',
  ]);
  expect(await faults('chat-messages', message('m', '', {}))).toEqual([
    'INVALID_FIELD dialogueId: dialogueId is empty; send a string of 1 to 64 characters.',
  ]);
  expect(await faults('dialogues', { id: 'd', messenger: 'WEB', startedAt: at('09:00') })).toEqual([
    'MISSING_FIELD chatId: chatId is missing; send a string of 1 to 64 characters.',
  ]);
  expect(await faults('dialogues', dialogue('d', { latitude: 91 }))).toEqual([
    'INVALID_FIELD latitude: latitude 91 is out of range; send degrees from -90 to 90.',
  ]);
});

test('an atomic request of messages keeps all or none, in dialogues too', async () => {
  await company.ingest('dialogues', [dialogue('d')]);
  const lines = [byOperator('1', 'd', 'anna'), message('2', 'd', { author: 'OPERATOR' })];
  expect(await company.ingest('chat-messages', lines, { atomic: true })).toMatchObject({ status: 422, rejected: 2 });
  expect((await counters()).dialogues).toMatchObject({ total: 1, byOperator: 0 });
  expect(await company.ingest('chat-messages', lines.slice(0, 1), { atomic: true })).toEqual(
    answer({ received: 1, inserted: 1 }),
  );
  expect((await counters()).dialogues).toMatchObject({ total: 1, byOperator: 1 });
});
