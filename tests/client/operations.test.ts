import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DocumentNode, Kind, specifiedRules, validate } from 'graphql';
import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { documents, operations, schema, textOf } from './operation-documents.test-support.ts';

const period = { dates: { startDate: '2026-03-10', endDate: '2026-03-12' }, timeZone: 'Europe/Moscow' };
/** Variables of every operation that has some; those that are lists of a filter are left out, as Clear leaves them. */
const VARIABLES: Record<string, Record<string, unknown>> = {
  Analytics: { period, granularity: 'DAY' },
  NotificationGraphs: { period, granularity: 'DAY' },
  ChannelStatuses: { period, channel: 'VIBER', granularity: 'DAY' },
  NotificationRows: { period, first: 10 },
  SmsEstimate: { text: 'Привет' },
  TelephonyGraphs: { period, granularity: 'DAY' },
  TelephonyFilters: { first: 10 },
  CallRows: { period, first: 10 },
  ChatGraphs: { period, granularity: 'DAY' },
  OperatorTimeline: { period },
  DialogueRows: { period, first: 10 },
  ChatMessageRows: { period, first: 10 },
  RegisterCompany: { input: { id: '77', name: 'Acme', timeZone: 'Europe/Moscow', currency: 'EUR' } },
};

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  const line = (id: string, channel: string, more: object) => ({
    id,
    channel,
    status: 'DELIVERED',
    createdAt: '2026-03-10T10:00:00+03:00',
    statusAt: '2026-03-10T10:00:05+03:00',
    ...more,
  });
  await company.ingest('messages', [
    line('a', 'SMS', { price: '0.05', smsParts: 2, notificationId: 'n' }),
    line('b', 'VIBER', { status: 'UNDELIVERED', sentAt: '2026-03-11T09:00:00+03:00', notificationId: 'n' }),
    line('c', 'VIBER', { status: 'ERROR', errorCode: 'E1' }),
  ]);
  await sendChats();
  await sendCalls();
});
afterAll(() => service.stop());

/** Two dialogues on two days: one in the widget that an operator answers, one in Line with a bot. */
async function sendChats(): Promise<void> {
  const [first, second] = ['2026-03-10T10:00:00+03:00', '2026-03-11T10:00:00+03:00'];
  await company.ingest('directory', [{ kind: 'OPERATOR', id: 'o', name: 'Anna' }]);
  await company.ingest('dialogues', [
    { id: 'd', chatId: 'site', messenger: 'WEB', startedAt: first, latitude: 42.6, longitude: -5.6 },
    { id: 'e', chatId: 'line', messenger: 'LINE', startedAt: second },
  ]);
  await company.ingest('chat-messages', [
    { id: '1', dialogueId: 'd', author: 'CLIENT', sentAt: first, text: 'Hello' },
    { id: '2', dialogueId: 'd', author: 'OPERATOR', operatorId: 'o', sentAt: second, price: '0.02' },
    { id: '3', dialogueId: 'e', author: 'BOT', sentAt: second, price: '0.01' },
    { id: '4', dialogueId: 'e', author: 'CLIENT', sentAt: second, text: 'Hello' },
  ]);
  await company.ingest('operator-sessions', [{ id: 's', dialogueId: 'd', operatorId: 'o', assignedAt: second }]);
  await company.ingest('operator-states', [
    { operatorId: 'o', state: 'ONLINE', at: first },
    { operatorId: 'o', state: 'PAUSED', at: second },
  ]);
}

/** Calls of a bot over one trunk. */
async function sendCalls(): Promise<void> {
  await company.ingest('directory', [
    { kind: 'TRUNK', id: 't', name: 'Main', callsPerSecondLimit: 3 },
    { kind: 'BOT', id: 'b', name: 'Survey' },
  ]);
  await company.ingest('calls', [
    call('1', { status: 'ANSWERED', evaluation: 'GOOD', price: '0.1', ...ended(30), wrapUpSeconds: 10 }),
    call('2', { status: 'BUSY' }),
    // Of the last minutes of the test's present, 15 March 2026, 15:00 in Moscow.
    call('3', { status: 'ANSWERED', ...ended(7, '2026-03-15T11:50:00Z') }),
  ]);
}

const ended = (talkSeconds: number, startedAt = '2026-03-10T09:00:00Z') => {
  const endedAt = new Date(Date.parse(startedAt) + talkSeconds * 1000).toISOString();
  return { startedAt, answeredAt: startedAt, endedAt, statusAt: endedAt };
};

/** A leg of the bot on the trunk, on 10 March 2026. */
function call(id: string, more: object): object {
  const startedAt = '2026-03-10T09:00:00Z';
  const parties = { direction: 'OUTBOUND', trunkId: 't', botId: 'b', number: '+49301234567' };
  return { id, startedAt, statusAt: startedAt, ...parties, ...more };
}

async function run(name: string, variables?: Record<string, unknown>) {
  const found = operations.find((one) => one.name === name);
  if (!found) throw new Error(`there is no operation ${name}`);
  const token = await service.token({ companyId: company.id });
  return service.graph(token, textOf(found.operation, found.document), variables ?? VARIABLES[name]);
}

test.each([...documents.keys()])('%s holds for the schema that clients see', (name) => {
  expect(validate(schema, documents.get(name) as DocumentNode, specifiedRules)).toEqual([]);
});

test('every operation and every fragment has a name of its own, as the generated client is one namespace', () => {
  const names = [...documents.values()].flatMap(({ definitions }) =>
    definitions.map((one) => ('name' in one ? one.name?.value : undefined)),
  );
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test.each(operations.map(({ name }) => name))(
  'the operation %s is answered by the gateway without an error',
  async (name) => {
    const { status, data, errors } = await run(name);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(Object.values(data)).not.toContain(null);
  },
);

test('[MSG-01][MSG-02][MSG-03][MSG-04][MSG-05][MSG-10] Analytics answers the page whole', async () => {
  const { data } = await run('Analytics');
  const sms = { sent: 1, delivered: 1, deliveryRate: 100, price: { amount: '0.05', currency: 'EUR' }, unpriced: 0 };
  const viber = { sent: 1, delivered: 0, deliveryRate: 0, price: { amount: '0.00', currency: 'EUR' }, unpriced: 1 };
  expect(data.messagingStats).toMatchObject({
    counters: { sent: 2, delivered: 1, deliveryRate: 50, price: { amount: '0.05', currency: 'EUR' }, unpriced: 1 },
    byChannel: [
      { keys: ['SMS'], share: 50, counters: sms },
      { keys: ['VIBER'], share: 50, counters: viber },
    ],
    sentByTime: {
      lines: [
        { keys: ['SMS'], sent: [1, 0, 0], delivered: [1, 0, 0] },
        { keys: ['VIBER'], sent: [0, 1, 0], delivered: [0, 0, 0] },
      ],
    },
    previous: { counters: { sent: 0 } },
  });
});

test('[NOT-17][NOT-18][NOT-19][NOT-20][NOT-21][NOT-22][NOT-23] Notification graphs answer the page whole', async () => {
  const { data } = await run('NotificationGraphs');
  const row = (key: string, total: number, share: number) => ({ keys: [key], share, counters: { total } });
  expect(data.created).toMatchObject({
    counters: { total: 3, notifications: 2 },
    byStatus: [row('DELIVERED', 1, 33.3), row('ERROR', 1, 33.3), row('UNDELIVERED', 1, 33.3)],
    byShortStatus: [row('NOT_DELIVERED', 2, 66.7), row('DELIVERED', 1, 33.3)],
  });
  expect(data.sent).toMatchObject({
    counters: { sent: 2, smsParts: 2 },
    byChannel: [
      { keys: ['SMS'], counters: { sent: 1 } },
      { keys: ['VIBER'], counters: { sent: 1 } },
    ],
    byChannelAndTime: {
      lines: [
        { keys: ['SMS'], sent: [1, 0, 0], delivered: [1, 0, 0], smsParts: [2, 0, 0] },
        { keys: ['VIBER'], sent: [0, 1, 0], delivered: [0, 0, 0], smsParts: [0, 0, 0] },
      ],
    },
  });
});

test('[NOT-24][NOT-25] the statuses of one channel come by day, in numbers and in percent', async () => {
  const { data } = await run('ChannelStatuses');
  expect(data.messagingStats.byStatusAndTime).toMatchObject({
    lines: [
      { keys: ['ERROR'], total: [1, 0, 0], share: [50, null, null] },
      { keys: ['UNDELIVERED'], total: [1, 0, 0], share: [50, null, null] },
    ],
    omittedLines: 0,
  });
});

test('[TEL-01] [TEL-06] [TEL-07] [TEL-16] [TEL-17] [TEL-18] [TEL-19] Telephony graphs answer the page whole', async () => {
  const { data } = await run('TelephonyGraphs');
  const row = (key: string, total: number, share: number) => ({ keys: [key], share, counters: { total } });
  expect(data.telephonyStats).toMatchObject({
    counters: { total: 2, contacts: 1, averageHandlingSeconds: 40, price: { amount: '0.10', currency: 'EUR' } },
    byEvaluation: [row('', 1, 50), row('GOOD', 1, 50)],
    byBotAndEvaluation: [{ labels: ['Survey', '(none)'] }, { labels: ['Survey', 'GOOD'] }],
    byStatus: [row('ANSWERED', 1, 50), row('BUSY', 1, 50)],
    byTime: { lines: [{ total: [2, 0, 0], contacts: [1, 0, 0], averageHandlingSeconds: [40, null, null] }] },
    callsPerSecond: {
      lines: [
        {
          trunk: { id: 't', name: 'Main', callsPerSecondLimit: 3 },
          peak: 2,
          peakAt: '2026-03-10T12:00:00.000+03:00',
          peakSeries: [2, 0, 0],
        },
      ],
    },
    concurrency: { peak: [1, 0, 0] },
    previous: { counters: { total: 0, averageHandlingSeconds: null } },
  });
});

test('[TEL-08..15] the pies of fixed windows come in one answer, with bounds of the client and by month', async () => {
  const { data } = await run('TelephonyWindows', { durationBounds: [10], timeZone: 'Europe/Moscow' });
  const row = (key: string, total: number) => ({ keys: [key], counters: { total } });
  for (const window of ['last15Minutes', 'last30Minutes', 'last60Minutes', 'today']) {
    expect(data[window]).toMatchObject({ byStatus: [row('ANSWERED', 1)], byDuration: [row('0-10', 1)] });
  }
  expect(data.thisYear).toMatchObject({
    byStatus: [row('ANSWERED', 2), row('BUSY', 1)],
    byDuration: [row('0-10', 1), row('10-', 1), row('UNANSWERED', 1)],
    durationByMonth: { lines: [{ total: [0, 0, 1] }, { total: [0, 0, 1] }, { total: [0, 0, 1] }], omittedLines: 0 },
  });
});

test('[CHAT-01][CHAT-09] Chat graphs answers the page whole, and cleared it asks for all of this month', async () => {
  const { data } = await run('ChatGraphs');
  const byTime = (total: number[]) => ({ lines: [{ keys: [], total }] });
  const hours = 3600;
  const anna = { operator: { id: 'o', name: 'Anna' } };
  const page = {
    dialogues: {
      counters: { total: 2, byRobot: 1, byRobotPercent: 50, byOperator: 1, byOperatorPercent: 50, unhandled: 0 },
      byTime: { lines: [{ total: [1, 1, 0], byRobot: [0, 1, 0], byOperator: [1, 0, 0], unhandled: [0, 0, 0] }] },
    },
    cost: {
      byChat: [
        { keys: ['line'], counters: { price: { amount: '0.01' } } },
        { keys: ['site'], counters: { price: { amount: '0.02' } } },
      ],
      byTime: { lines: [{ price: ['0.00', '0.03', '0.00'] }] },
    },
    ofClients: {
      byMessenger: [{ keys: ['LINE'], counters: { total: 1 } }, { keys: ['WEB'] }],
      byTime: byTime([1, 1, 0]),
      byMessengerAndTime: {
        lines: [
          { keys: ['LINE'], total: [0, 1, 0] },
          { keys: ['WEB'], total: [1, 0, 0] },
        ],
      },
    },
    ofRobots: { byTime: byTime([0, 1, 0]) },
    ofOperators: {
      byOperator: [{ keys: ['o'], labels: ['Anna'], share: 100 }],
      byMessenger: [{ keys: ['WEB'] }],
      byTime: byTime([0, 1, 0]),
    },
    clientPhrases: [],
    robotPhrases: [],
    operators: {
      breakdown: [{ ...anna, dialoguesWithMessages: 1, activeDialogues: 1, skippedDialogues: 0, messages: 1 }],
      byTime: {
        lines: [
          {
            ...anna,
            dialoguesWithMessages: [0, 1, 0],
            activeDialogues: [0, 1, 1],
            onlineSeconds: [14 * hours, 10 * hours, 0],
            pausedSeconds: [0, 14 * hours, 24 * hours],
          },
        ],
      },
    },
    dialoguesByLocation: { cells: [{ geohash: 'ezs42', count: 1 }], unknown: 0 },
  };
  expect(data.chatStats).toMatchObject(page);
  const cleared = await run('ChatGraphs', { period: { preset: 'THIS_MONTH' }, granularity: 'MONTH' });
  expect(cleared.data.chatStats).toMatchObject({
    period: { from: '2026-03-01T00:00:00.000+03:00' },
    dialogues: { counters: { total: 2 } },
    dialoguesByLocation: page.dialoguesByLocation,
  });
});

test('codegen.yml says of every scalar of the schema what it is in JSON', () => {
  const declared = readFileSync(resolve(__dirname, '../../codegen.yml'), 'utf8');
  const scalars = Object.values(schema.getTypeMap()).filter(
    ({ astNode }) => astNode?.kind === Kind.SCALAR_TYPE_DEFINITION,
  );
  expect(scalars.length).toBeGreaterThan(0);
  const missing = scalars.filter(({ name }) => !new RegExp(`^ {8}${name}: (string|number)$`, 'm').test(declared));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
