import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { COUNTERS, line, refusals, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Sends as many messages of each kind as said. */
async function send(company: TestCompany, kinds: readonly (readonly [count: number, fields: object])[]) {
  const lines = kinds.flatMap(([count, fields], kind) =>
    Array.from({ length: count }, (_, index) => line(`${kind}.${index}`, { ...fields })),
  );
  expect(await company.ingest('messages', lines)).toMatchObject({ inserted: lines.length });
}

test('[GEN-07] [NOT-17] rows stand by their total, then by their keys, and tell share and label', async () => {
  const company = await service.company();
  await send(company, [
    [2, { channel: 'VIBER', errorCode: 'b' }],
    [2, { channel: 'EMAIL' }],
    [3, { channel: 'PUSH', errorCode: 'a' }],
    [1, { channel: 'SMS', errorCode: 'b' }],
  ]);
  const { byChannel, byCode } = await stats(
    company,
    `byChannel: breakdown(by: [CHANNEL]) { keys labels share counters { total } }
     byCode: breakdown(by: [ERROR_CODE]) { keys labels share counters { total } }`,
  );
  const row = (key: string, label: string, total: number, share: number) => ({
    keys: [key],
    labels: [label],
    share,
    counters: { total },
  });
  expect(byChannel).toEqual([
    row('PUSH', 'Push', 3, 37.5),
    row('EMAIL', 'E-mail', 2, 25),
    row('VIBER', 'Viber', 2, 25),
    row('SMS', 'SMS', 1, 12.5),
  ]);
  expect(byCode).toEqual([row('a', 'a', 3, 37.5), row('b', 'b', 3, 37.5), row('', '(none)', 2, 25)]);
});

test('[GEN-07] keys are ordered by code points, neither by case nor by UTF-16 units', async () => {
  const company = await service.company();
  const codes = ['a', 'Z', '10', '9', 'é', 'z', '😀', '\uffee', 'a b', 'ab'];
  await send(
    company,
    codes.map((errorCode) => [1, { errorCode }] as const),
  );
  const { breakdown } = await stats(company, 'breakdown(by: [ERROR_CODE]) { keys }');
  expect(breakdown.flatMap(({ keys }: { keys: string[] }) => keys)).toEqual([
    '10',
    '9',
    'Z',
    'a',
    'a b',
    'ab',
    'z',
    'é',
    '\uffee',
    '😀',
  ]);
});

test('[GEN-07] an error code that is named like a channel or a status is labelled with itself', async () => {
  const company = await service.company();
  await send(company, [
    [3, { errorCode: 'VIBER' }],
    [2, { errorCode: 'DELIVERED' }],
    [1, { errorCode: 'constructor' }],
  ]);
  expect(await stats(company, 'breakdown(by: [ERROR_CODE, CHANNEL]) { keys labels }')).toEqual({
    breakdown: [
      { keys: ['VIBER', 'SMS'], labels: ['VIBER', 'SMS'] },
      { keys: ['DELIVERED', 'SMS'], labels: ['DELIVERED', 'SMS'] },
      { keys: ['constructor', 'SMS'], labels: ['constructor', 'SMS'] },
    ],
  });
});

test('[GEN-07] [NOT-24] pairs of dimensions have a row for every pair that occurs, keys in the order of by', async () => {
  const company = await service.company();
  await send(company, [
    [2, { channel: 'VIBER' }],
    [1, { channel: 'VIBER', status: 'ERROR' }],
    [1, { channel: 'PUSH', status: 'ERROR' }],
    [1, { channel: 'PUSH', status: 'CREATED' }],
  ]);
  const { oneWay, otherWay } = await stats(
    company,
    `oneWay: breakdown(by: [CHANNEL, STATUS]) { keys labels share counters { total } }
     otherWay: breakdown(by: [STATUS, CHANNEL]) { keys }`,
  );
  expect(oneWay).toEqual([
    { keys: ['VIBER', 'DELIVERED'], labels: ['Viber', 'Delivered'], share: 40, counters: { total: 2 } },
    { keys: ['PUSH', 'CREATED'], labels: ['Push', 'Created'], share: 20, counters: { total: 1 } },
    { keys: ['PUSH', 'ERROR'], labels: ['Push', 'Error'], share: 20, counters: { total: 1 } },
    { keys: ['VIBER', 'ERROR'], labels: ['Viber', 'Error'], share: 20, counters: { total: 1 } },
  ]);
  expect(otherWay).toEqual([
    { keys: ['DELIVERED', 'VIBER'] },
    { keys: ['CREATED', 'PUSH'] },
    { keys: ['ERROR', 'PUSH'] },
    { keys: ['ERROR', 'VIBER'] },
  ]);
});

test('[GEN-07] rows of all four dimensions add up to the counters', async () => {
  const company = await service.company();
  await send(company, [
    [4, { price: '0.1', errorCode: 'x', smsParts: 2 }],
    [3, { channel: 'PUSH', status: 'ERROR', errorCode: 'x' }],
    [2, { channel: 'EMAIL', status: 'UNDELIVERED', price: '0.25' }],
  ]);
  const answer = await stats(
    company,
    `${COUNTERS} breakdown(by: [SHORT_STATUS, ERROR_CODE, CHANNEL, STATUS]) { keys labels share ${COUNTERS} }`,
  );
  const counters = (total: number, [sent, delivered, smsParts, amount, deliveryRate]: (number | string | null)[]) => ({
    total,
    notifications: total,
    sent,
    delivered,
    smsParts,
    price: { amount, currency: 'EUR' },
    unpriced: 0,
    deliveryRate,
  });
  expect(answer).toEqual({
    counters: counters(9, [6, 4, 8, '0.90', 66.7]),
    breakdown: [
      {
        keys: ['DELIVERED', 'x', 'SMS', 'DELIVERED'],
        labels: ['Delivered', 'x', 'SMS', 'Delivered'],
        share: 44.4,
        counters: counters(4, [4, 4, 8, '0.40', 100]),
      },
      {
        keys: ['NOT_DELIVERED', 'x', 'PUSH', 'ERROR'],
        labels: ['Not delivered', 'x', 'Push', 'Error'],
        share: 33.3,
        counters: counters(3, [0, 0, 0, '0.00', null]),
      },
      {
        keys: ['NOT_DELIVERED', '', 'EMAIL', 'UNDELIVERED'],
        labels: ['Not delivered', '(none)', 'E-mail', 'Undelivered'],
        share: 22.2,
        counters: counters(2, [2, 0, 0, '0.50', 0]),
      },
    ],
  });
});

test('[GEN-07] first keeps the largest rows, and their share stays that of the whole', async () => {
  const company = await service.company();
  await send(company, [
    [1, { channel: 'SMS' }],
    [3, { channel: 'PUSH' }],
    [2, { channel: 'EMAIL' }],
    [2, { channel: 'VIBER' }],
  ]);
  const top = async (first: number | null) => {
    const { breakdown } = await stats(company, `breakdown(by: [CHANNEL], first: ${first}) { keys share }`);
    return breakdown;
  };
  const rows = [
    { keys: ['PUSH'], share: 37.5 },
    { keys: ['EMAIL'], share: 25 },
    { keys: ['VIBER'], share: 25 },
    { keys: ['SMS'], share: 12.5 },
  ];
  expect(await top(1)).toEqual(rows.slice(0, 1));
  expect(await top(2)).toEqual(rows.slice(0, 2));
  expect(await top(1000)).toEqual(rows);
  expect(await top(null)).toEqual(rows);
});

test('[GEN-07] a breakdown has 100 rows unless more are asked for', async () => {
  const company = await service.company();
  await send(
    company,
    Array.from({ length: 120 }, (_, index) => [1, { errorCode: `code ${index}` }] as const),
  );
  const { usual, all, series } = await stats(
    company,
    `usual: breakdown(by: [ERROR_CODE]) { share } all: breakdown(by: [ERROR_CODE], first: 1000) { share }
     series(granularity: DAY, by: [ERROR_CODE]) { lines { total } omittedLines }`,
  );
  expect([usual.length, all.length, series.lines.length, series.omittedLines]).toEqual([100, 120, 100, 20]);
  expect(usual[0].share).toBe(0.8);
});

test('[GEN-07] refuses a breakdown by nothing, by a dimension twice, and first outside 1 to 1000', async () => {
  const company = await service.company();
  const fault = async (selection: string) =>
    (await refusals(company, selection)).map(({ code, field }) => [code, field]);
  expect(await fault('breakdown(by: []) { keys }')).toEqual([['BAD_USER_INPUT', ['by']]]);
  expect(await fault('breakdown(by: [CHANNEL, STATUS, CHANNEL]) { keys }')).toEqual([['BAD_USER_INPUT', ['by']]]);
  expect(await fault('series(granularity: DAY, by: [STATUS, STATUS]) { omittedLines }')).toEqual([
    ['BAD_USER_INPUT', ['by']],
  ]);
  for (const first of [0, -1, 1001]) {
    expect(await fault(`breakdown(by: [CHANNEL], first: ${first}) { keys }`)).toEqual([['BAD_USER_INPUT', ['first']]]);
    expect(await fault(`series(granularity: DAY, by: [CHANNEL], first: ${first}) { omittedLines }`)).toEqual([
      ['BAD_USER_INPUT', ['first']],
    ]);
  }
});
