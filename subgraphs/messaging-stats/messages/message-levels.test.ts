import { Client } from 'pg';
import { pino } from 'pino';
import { RollupWorker } from '#platform/rollups';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { MESSAGE_ROLLUP } from './message.rollup.ts';
import { TestLevels } from './message-levels.test-support.ts';
import { at, line, NO_COUNTERS, stats } from './message-questions.test-support.ts';

/** A company has levels from ten messages on, and loses them below five. */
const MIN_ROWS = 10;

let service: TestService;
let levels: TestLevels;
let owner: Client;
beforeAll(async () => {
  service = await startTestService({ ROLLUP_MIN_ROWS: String(MIN_ROWS) });
  levels = new TestLevels(service.ownerUrl);
  owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await levels.close();
  await service.stop();
});

async function ask<Row extends object>(statement: string, company: TestCompany): Promise<Row[]> {
  return (await owner.query<Row>(statement, [company.id])).rows;
}

async function state(company: TestCompany) {
  const [row] = await ask(
    'SELECT status, row_count::int, time_zone FROM messaging_stats.rollup_state WHERE company_id = $1',
    company,
  );
  return row;
}

/** How many rows the levels and the deltas of a company have. */
async function sizes(company: TestCompany) {
  const count = (table: string) =>
    `(SELECT count(*)::int FROM messaging_stats.messages_${table} WHERE company_id = $1)`;
  const [row] = await ask(
    `SELECT ${['delta', 'quarter', 'hour', 'day'].map((table) => `${count(table)} AS ${table}`).join(', ')}`,
    company,
  );
  return row;
}

const NOTHING = { delta: 0, quarter: 0, hour: 0, day: 0 };
const lines = (count: number, fields: object = {}) =>
  Array.from({ length: count }, (_, index) => line(`m${index}`, { ...fields }));
const total = async (company: TestCompany) => (await stats(company, 'counters { total }')).counters.total;

test('a company gets levels once it is large, keeps them while it shrinks a little, and loses them when it is small', async () => {
  const company = await service.company();
  await company.ingest('messages', lines(MIN_ROWS - 1));
  await service.runRollups();
  expect([await state(company), await sizes(company)]).toEqual([
    { status: 'raw', row_count: 9, time_zone: null },
    NOTHING,
  ]);
  await company.ingest('messages', [line('m9')]);
  expect(await state(company)).toMatchObject({ status: 'raw', row_count: 10 });
  await service.runRollups();
  // One bucket, one combination of keys, two axes, two cuboids.
  expect([await state(company), await sizes(company)]).toEqual([
    { status: 'rolled', row_count: 10, time_zone: 'Europe/Moscow' },
    { delta: 0, quarter: 4, hour: 4, day: 4 },
  ]);
  const taken = ['m0', 'm1', 'm2', 'm3', 'm4'].map((id) => ({ id, deleted: true }));
  await company.ingest('messages', taken);
  await service.runRollups();
  expect(await state(company)).toMatchObject({ status: 'rolled', row_count: 5 });
  await company.ingest('messages', [{ id: 'm5', deleted: true }]);
  await service.runRollups();
  expect([await state(company), await sizes(company)]).toEqual([
    { status: 'raw', row_count: 4, time_zone: null },
    NOTHING,
  ]);
  expect(await total(company)).toBe(4);
});

test('what a batch changes is in the figures at once, as deltas, and stays there when these are moved into the levels', async () => {
  const company = await service.company();
  await company.ingest('messages', lines(MIN_ROWS, { status: 'PENDING' }));
  await service.runRollups();
  await company.ingest('messages', [line('m0', { price: '0.5' }), line('m1'), { id: 'm2', deleted: true }]);
  const figures = () => stats(company, 'breakdown(by: [STATUS]) { keys counters { total price { amount } unpriced } }');
  const expected = {
    breakdown: [
      { keys: ['PENDING'], counters: { total: 7, price: { amount: '0.00' }, unpriced: 7 } },
      { keys: ['DELIVERED'], counters: { total: 2, price: { amount: '0.50' }, unpriced: 1 } },
    ],
  };
  expect(await figures()).toEqual(expected);
  // Of each status one, as these messages were created and sent in the same quarter of an hour.
  expect(await sizes(company)).toEqual({ delta: 2, quarter: 4, hour: 4, day: 4 });
  await service.runRollups();
  expect(await figures()).toEqual(expected);
  expect(await sizes(company)).toEqual({ delta: 0, quarter: 8, hour: 8, day: 8 });
  await levels.expectAgreement(company.id);
});

test('an event that changes no figure leaves no delta', async () => {
  const company = await service.company();
  await company.ingest('messages', lines(MIN_ROWS));
  await service.runRollups();
  const again = await company.ingest('messages', [...lines(MIN_ROWS), line('m0', { status: 'CREATED' })]);
  expect(again).toMatchObject({ unchanged: MIN_ROWS + 1 });
  expect(await sizes(company)).toMatchObject({ delta: 0 });
});

test('rows of levels that are left with nothing are gone', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    ...lines(MIN_ROWS),
    line('late', { createdAt: at('20:00'), statusAt: at('20:00') }),
  ]);
  await service.runRollups();
  expect(await sizes(company)).toEqual({ delta: 0, quarter: 8, hour: 8, day: 4 });
  await company.ingest('messages', [{ id: 'late', deleted: true }]);
  await service.runRollups();
  expect(await sizes(company)).toEqual({ delta: 0, quarter: 4, hour: 4, day: 4 });
});

test('after a change of zone answers stay right, and the local days are made anew for the new zone', async () => {
  const company = await service.company({ timeZone: 'Europe/Moscow' });
  // 21:30 in Moscow is the next day in Kathmandu.
  const evening = { createdAt: at('18:30'), statusAt: at('18:30') };
  await company.ingest('messages', [...lines(MIN_ROWS), line('evening', evening)]);
  await service.runRollups();
  const staff = await service.token({ scopes: ['staff:platform'] });
  const change = `mutation { registerCompany(input: { id: "${company.id}", name: "A", timeZone: "Asia/Kathmandu", currency: "EUR" }) { company { id } } }`;
  expect(await service.graph(staff, change)).toMatchObject({
    data: { registerCompany: { company: { id: company.id } } },
  });
  const days = async () => {
    const period = { dates: { startDate: '2026-03-09', endDate: '2026-03-11' } };
    const { series } = await stats(company, 'series(granularity: DAY) { lines { total } }', { period });
    return series.lines[0].total;
  };
  expect(await days()).toEqual([0, 10, 1]);
  expect(await state(company)).toMatchObject({ time_zone: 'Europe/Moscow' });
  await company.ingest('messages', [line('another')]);
  await service.runRollups();
  expect(await state(company)).toMatchObject({ time_zone: 'Asia/Kathmandu' });
  expect(await days()).toEqual([0, 11, 1]);
  await levels.expectAgreement(company.id);
});

test.each([
  ['local days that were made by other rules of time zones', "time_zone_rules = '1999a'", { quarter: 4, day: 4 }],
  ['levels that were made by another declaration', "shape = '{}'", { quarter: 4, day: 4 }],
  ['levels whose maker died', "status = 'building'", { quarter: 4, day: 4 }],
])('%s are not read, and are made anew', async (_, damage, healed) => {
  const company = await service.company();
  await company.ingest('messages', lines(MIN_ROWS));
  await service.runRollups();
  await owner.query(`UPDATE messaging_stats.rollup_state SET ${damage} WHERE company_id = $1`, [company.id]);
  await owner.query(
    "UPDATE messaging_stats.messages_day SET bucket = bucket - interval '1 hour', total = 77 WHERE company_id = $1",
    [company.id],
  );
  if (!damage.startsWith('time_zone')) {
    for (const table of ['quarter', 'hour']) {
      await owner.query(`UPDATE messaging_stats.messages_${table} SET total = 77 WHERE company_id = $1`, [company.id]);
    }
  }
  expect(await total(company)).toBe(10);
  await company.ingest('messages', [line('another')]);
  expect(await total(company)).toBe(11);
  await service.runRollups();
  expect(await sizes(company)).toMatchObject({ delta: 0, ...healed });
  await levels.expectAgreement(company.id);
  expect(await total(company)).toBe(11);
});

test('[NOT-19] notifications are exact where a message becomes one of several only later', async () => {
  const company = await service.company();
  const counters = () =>
    stats(
      company,
      'counters { total notifications } series(granularity: HOUR, by: [CHANNEL]) { lines { keys notifications } }',
      {
        period: { range: { from: at('09:00'), to: at('11:00') } },
      },
    );
  await company.ingest('messages', lines(MIN_ROWS));
  await service.runRollups();
  // The id of one message is the notification of another, and a third is said to belong to it afterwards.
  const viber = { channel: 'VIBER', createdAt: at('10:10') };
  await company.ingest('messages', [line('v1', { ...viber, notificationId: 'm0' }), line('v2', viber)]);
  expect((await counters()).counters).toEqual({ total: 12, notifications: 11 });
  await company.ingest('messages', [line('v2', { ...viber, notificationId: 'm1' })]);
  const expected = {
    counters: { total: 12, notifications: 10 },
    series: {
      lines: [
        { keys: ['SMS'], notifications: [10, 0] },
        { keys: ['VIBER'], notifications: [0, 2] },
      ],
    },
  };
  expect(await counters()).toEqual(expected);
  await service.runRollups();
  expect(await counters()).toEqual(expected);
  await company.ingest('messages', [
    { id: 'm0', deleted: true },
    { id: 'v2', deleted: true },
  ]);
  expect((await counters()).counters).toEqual({ total: 10, notifications: 10 });
  await levels.expectAgreement(company.id);
});

test('levels of one company are not those of another', async () => {
  const [one, other] = [await service.company(), await service.company()];
  await one.ingest('messages', lines(MIN_ROWS));
  await other.ingest('messages', lines(MIN_ROWS + 5));
  await service.runRollups();
  expect([await total(one), await total(other)]).toEqual([10, 15]);
  await other.ingest(
    'messages',
    lines(MIN_ROWS + 5).map(({ id }) => ({ id, deleted: true })),
  );
  await service.runRollups();
  expect(
    await stats(
      other,
      'counters { total notifications sent delivered smsParts price { amount currency } unpriced deliveryRate }',
    ),
  ).toEqual({ counters: NO_COUNTERS });
  expect(await total(one)).toBe(10);
});

/** A worker as a service has it, on the companies of this file. */
function newWorker(minRows: number): RollupWorker {
  return new RollupWorker({
    database: levels.database,
    rollups: [MESSAGE_ROLLUP],
    minRows,
    intervalMs: 1,
    clock: service.clock,
    logger: pino({ level: 'silent' }),
  });
}

test('workers look after companies as events come in, several of them side by side, until they are told to rest', async () => {
  const company = await service.company();
  const workers = [newWorker(MIN_ROWS), newWorker(MIN_ROWS)];
  for (const worker of workers) worker.work();
  const becomes = async (expected: object) => {
    while (!isMatch({ ...(await state(company)), ...(await sizes(company)) }, expected));
  };
  await company.ingest('messages', lines(MIN_ROWS));
  await becomes({ status: 'rolled', delta: 0, quarter: 4 });
  await company.ingest('messages', [line('m0', { price: '1' }), line('v', { channel: 'VIBER' })]);
  await becomes({ status: 'rolled', delta: 0, quarter: 8 });
  await Promise.all(workers.map((worker) => worker.rest()));
  await company.ingest('messages', [line('after')]);
  expect(await sizes(company)).toMatchObject({ delta: 1 });
  await levels.expectAgreement(company.id);
});

function isMatch(actual: Readonly<Record<string, unknown>>, expected: object): boolean {
  return Object.entries(expected).every(([name, value]) => actual[name] === value);
}

test('who finds the levels of a company being changed lets it be, and comes again', async () => {
  const company = await service.company();
  await company.ingest('messages', lines(MIN_ROWS));
  await service.runRollups();
  const other = await levels.holdLock(company.id);
  expect([await levels.fold(company.id), await levels.rebuild(company.id)]).toEqual([false, false]);
  await company.ingest('messages', [line('meanwhile')]);
  expect(await total(company)).toBe(MIN_ROWS + 1);
  await other.release();
  await service.runRollups();
  expect(await sizes(company)).toMatchObject({ delta: 0 });
});
