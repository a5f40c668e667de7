import { Client } from 'pg';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { TestLevels } from './message-levels.test-support.ts';
import { BY_SENDING, line, refusals, stats } from './message-questions.test-support.ts';

const DAY_MS = 86_400_000;
/** Thirty days before the moment of the tests, from the start of that day in Moscow. */
const EARLIEST = '2026-02-13T00:00:00.000+03:00';

let service: TestService;
let levels: TestLevels;
let owner: Client;
beforeAll(async () => {
  service = await startTestService({ ROLLUP_MIN_ROWS: '5', MESSAGE_RETENTION_DAYS: '30' });
  levels = new TestLevels(service.ownerUrl);
  owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await levels.close();
  await service.stop();
});
afterEach(() => service.clock.set(TEST_NOW));

const message = (id: string, createdAt: string, fields: object = {}) =>
  line(id, { createdAt, statusAt: createdAt, price: '0.5', ...fields });
const MESSAGES = [
  message('jan1', '2026-01-10T09:07:00Z', { notificationId: 'n' }),
  message('jan2', '2026-01-10T09:09:00Z', { notificationId: 'n', channel: 'VIBER', errorCode: 'E1' }),
  message('jan3', '2026-01-31T20:59:00Z', { status: 'CREATED' }),
  message('feb', '2026-02-12T10:00:00Z', { sentAt: '2026-02-14T10:00:00Z' }),
  message('mar', '2026-03-10T10:00:00Z'),
];

/** A company of Moscow whose three messages of January are dropped. */
async function company(): Promise<TestCompany> {
  const made = await service.company({ timeZone: 'Europe/Moscow' });
  await made.ingest('messages', MESSAGES);
  await service.runRollups();
  return made;
}

async function rowsOf({ id }: TestCompany): Promise<string[]> {
  const { rows } = await owner.query('SELECT id FROM messaging_stats.messages WHERE company_id = $1 ORDER BY id', [id]);
  return rows.map((row: { id: string }) => row.id);
}

const YEAR = { dates: { startDate: '2026-01-01', endDate: '2026-03-31' } };
const SUMS = 'counters { total sent delivered smsParts price { amount } unpriced deliveryRate }';
const FIGURES = `${SUMS} series(granularity: MONTH) { lines { total sent price } } breakdown(by: [CHANNEL, ERROR_CODE]) { keys ${SUMS} }`;

test('old rows are dropped by company, unless they lie within on any axis, and their sums stay', async () => {
  const made = await service.company({ timeZone: 'Europe/Moscow' });
  await made.ingest('messages', MESSAGES);
  const ask = async () => [
    await stats(made, FIGURES, { period: YEAR }),
    await stats(made, FIGURES, { period: YEAR, filter: BY_SENDING }),
  ];
  const before = await ask();
  expect(before[0].counters).toMatchObject({ total: 5, sent: 4, price: { amount: '2.00' } });
  await service.runRollups();
  expect(await rowsOf(made)).toEqual(['feb', 'mar']);
  expect(await ask()).toEqual(before);
  // Fewer rows than levels are for, and yet these are kept: they are all that is left of January.
  await made.ingest('messages', [message('mar2', '2026-03-10T10:00:00Z')]);
  await service.runRollups();
  expect((await stats(made, SUMS, { period: YEAR })).counters.total).toBe(6);
  await levels.expectAgreement(made.id);
});

test('building anew and another zone leave the sums of what is gone as they are', async () => {
  const made = await company();
  const ask = () => stats(made, FIGURES, { period: { ...YEAR, timeZone: 'Asia/Kathmandu' } });
  const before = await ask();
  await levels.rebuild(made.id);
  expect(await ask()).toEqual(before);
  const staff = await service.token({ scopes: ['staff:platform'] });
  const change = `mutation { registerCompany(input: { id: "${made.id}", name: "A", timeZone: "Asia/Kathmandu", currency: "EUR" }) { company { id } } }`;
  await service.graph(staff, change);
  await made.ingest('messages', [
    message('feb', '2026-02-12T10:00:00Z', { price: '0.75', priceAt: '2026-03-01T00:00:00Z' }),
  ]);
  await service.runRollups();
  await levels.rebuild(made.id);
  const after = await ask();
  expect(after.series.lines[0].total).toEqual(before.series.lines[0].total);
  expect(after.counters.price.amount).toBe('2.25');
  await levels.expectAgreement(made.id);
});

const needed = (start: string) =>
  `period: messages before ${start} are kept as sums by time, and this question needs them one by one; `;

test.each([
  [
    'minutes of a day that is gone',
    'series(granularity: MINUTE) { lines { total } }',
    { dates: { startDate: '2026-01-10', endDate: '2026-01-10' } },
    'ask for QUARTER_HOUR, or begin there.',
  ],
  [
    'a period that begins within a quarter of an hour',
    'counters { total }',
    { range: { from: '2026-01-10T09:08:00Z', to: '2026-01-11T00:00:00Z' } },
    'begin there, or ask for sums of whole quarters of an hour.',
  ],
  [
    'different notifications',
    'counters { notifications }',
    YEAR,
    'begin there, or ask for sums of whole quarters of an hour.',
  ],
])(
  '[PERIOD_TOO_OLD] %s are refused, with the earliest start and with what works',
  async (_, selection, period, remedy) => {
    const made = await company();
    expect(await refusals(made, selection, { period })).toEqual([
      { code: 'PERIOD_TOO_OLD', field: ['period'], message: needed(EARLIEST) + remedy },
    ]);
  },
);

test('[PERIOD_TOO_OLD] a list is refused before that day, and complete from it on', async () => {
  const made = await company();
  const list =
    'query($period: PeriodInput!) { messages(period: $period, filter: { timeAxis: SENT_AT }) { totalCount nodes { id } } }';
  const { errors } = await made.graph(list, { period: YEAR });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['PERIOD_TOO_OLD']);
  const period = { dates: { startDate: '2026-02-13', endDate: '2026-03-15' } };
  const { data } = await made.graph(list, { period });
  expect(data.messages).toEqual({ totalCount: 2, nodes: [{ id: 'mar' }, { id: 'feb' }] });
  const counters = 'counters { total notifications } series(granularity: HOUR) { lines { total } }';
  expect((await stats(made, counters, { period, filter: BY_SENDING })).counters).toEqual({
    total: 2,
    notifications: 2,
  });
});

test('[TOO_OLD] lines of events that nothing is known of any more are rejected, those of rows that are kept are not', async () => {
  const made = await company();
  const answer = await made.ingest('messages', [
    message('jan1', '2026-01-10T09:07:00Z', { status: 'ERROR' }),
    message('new', '2026-02-12T20:59:59Z'),
    message('feb', '2026-02-12T10:00:00Z', { price: '1', priceAt: '2026-03-01T00:00:00Z' }),
    message('newer', '2026-02-12T21:00:00Z'),
  ]);
  const fault = (at: string) =>
    `createdAt ${at} lies before 2026-02-12T21:00:00.000Z, and of that time only sums are kept; leave such events out.`;
  expect(answer).toEqual({
    status: 200,
    received: 4,
    inserted: 1,
    updated: 1,
    unchanged: 0,
    waiting: 0,
    rejected: 2,
    errors: [
      { line: 1, code: 'TOO_OLD', field: 'createdAt', message: fault('2026-01-10T09:07:00.000Z') },
      { line: 2, code: 'TOO_OLD', field: 'createdAt', message: fault('2026-02-12T20:59:59.000Z') },
    ],
  });
  const { counters } = await stats(made, SUMS, { period: YEAR });
  expect(counters).toMatchObject({ total: 6, price: { amount: '3.00' } });
});

test('rows grow old from day to day, also where no events come, and a longer retention brings none back', async () => {
  const made = await company();
  service.clock.set(TEST_NOW + 2 * DAY_MS);
  await service.runRollups();
  // Sent on 14 February, which was within on the day before.
  expect(await rowsOf(made)).toEqual(['mar']);
  service.clock.set(TEST_NOW);
  await made.ingest('messages', [message('mar3', '2026-03-10T10:00:00Z')]);
  await service.runRollups();
  const [refusal] = await refusals(made, 'counters { notifications }', { period: YEAR });
  expect(refusal?.message).toContain(needed('2026-02-15T00:00:00.000+03:00'));
});

test('sums of rows that are gone are not mixed with sums of another declaration', async () => {
  const made = await company();
  const set = (shape: string) =>
    owner.query('UPDATE messaging_stats.rollup_state SET shape = $2 WHERE company_id = $1', [made.id, shape]);
  const { rows } = await owner.query('SELECT shape FROM messaging_stats.rollup_state WHERE company_id = $1', [made.id]);
  await set('{}');
  for (const _ of ['the first time', 'after whoever tried has died']) {
    await expect(levels.fold(made.id)).rejects.toThrow(
      'messages are declared otherwise than when their sums were made, and rows of these are gone',
    );
  }
  expect((await refusals(made, 'counters { total }', { period: YEAR })).map(({ code }) => code)).toEqual([
    'PERIOD_TOO_OLD',
  ]);
  // The version that made them is started again.
  await set(rows[0].shape);
  await levels.fold(made.id);
  expect((await stats(made, SUMS, { period: YEAR })).counters.total).toBe(5);
  await levels.expectAgreement(made.id);
});
