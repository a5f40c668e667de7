import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, line, listed, shown, stats } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** The one error of a line, which must be the only one sent. */
async function faultOf(company: TestCompany, fields: object) {
  const answer = await company.ingest('calls', [line('a', { ...fields })]);
  expect(answer).toMatchObject({ status: 200, received: 1, rejected: 1 });
  const { line: number, ...fault } = answer.errors[0] ?? { line: 0 };
  expect(number).toBe(1);
  return fault;
}

test('[TEL-01] refuses a line that contradicts an identity field, and names both values', async () => {
  const company = await service.company();
  await company.ingest('calls', [answered('a', 10, { rootId: 'r' })]);
  expect(await faultOf(company, { direction: 'INBOUND' })).toEqual({
    code: 'IMMUTABLE_FIELD',
    field: 'direction',
    message:
      'direction is known to be "OUTBOUND" and never changes, but this line says "INBOUND"; send the known value, or use another id for another event.',
  });
  expect(await faultOf(company, { startedAt: at('09:00:00.001') })).toMatchObject({
    code: 'IMMUTABLE_FIELD',
    field: 'startedAt',
    message: expect.stringContaining('2026-03-10T09:00:00.001Z'),
  });
  expect(await faultOf(company, { rootId: 'a' })).toMatchObject({
    code: 'IMMUTABLE_FIELD',
    field: 'rootId',
    message: expect.stringContaining('"r" and never changes, but this line says "a"'),
  });
  expect(await listed(company, 'id status talkSeconds')).toEqual([{ id: 'r', status: 'ANSWERED', talkSeconds: 10 }]);
});

const BAD = [
  [
    { holdSeconds: -1 },
    'INVALID_FIELD',
    'holdSeconds',
    'holdSeconds -1 is out of range; send a whole number from 0 to 2147483647.',
  ],
  [{ wrapUpSeconds: 1.5 }, 'INVALID_FIELD', 'wrapUpSeconds', 'wrapUpSeconds 1.5 is not a whole number'],
  [{ holdSeconds: '5' }, 'INVALID_FIELD', 'holdSeconds', 'is not a number'],
  [{ direction: 'SIDEWAYS' }, 'INVALID_FIELD', 'direction', 'send INBOUND or OUTBOUND'],
  [{ direction: null }, 'MISSING_FIELD', 'direction', 'direction is missing'],
  [{ status: 'RINGING' }, 'INVALID_FIELD', 'status', 'send IN_PROGRESS, ANSWERED, NO_ANSWER, BUSY'],
  [{ startedAt: null }, 'MISSING_FIELD', 'startedAt', 'startedAt is missing'],
  [{ answeredAt: '2026-03-10 09:00' }, 'INVALID_FIELD', 'answeredAt', 'is not a time with an offset'],
  [{ endedAt: '2026-03-17T12:00:00Z' }, 'INVALID_FIELD', 'endedAt', 'more than one day after its receipt'],
  [{ rootId: '' }, 'INVALID_FIELD', 'rootId', 'rootId is empty'],
  [{ trunkId: 'x'.repeat(65) }, 'INVALID_FIELD', 'trunkId', 'has 65 characters'],
  [{ number: 74951234567 }, 'INVALID_FIELD', 'number', 'is not a string'],
  [{ price: 0.5 }, 'INVALID_FIELD', 'price', 'numbers lose digits'],
  [{ price: '-1' }, 'INVALID_FIELD', 'price', 'not a decimal of 0 or more'],
  [{ evaluation: 'x'.repeat(65) }, 'INVALID_FIELD', 'evaluation', 'has 65 characters'],
] as const;

test.each(BAD)('[TEL-01] refuses %j', async (fields, code, field, message) => {
  const company = await service.company();
  expect(await faultOf(company, fields)).toEqual({ code, field, message: expect.stringContaining(message) });
  expect(await stats(company, 'counters { total } period { asOf }')).toEqual({
    counters: { total: 0 },
    period: { asOf: null },
  });
});

test('[TEL-06] [TEL-17] each optional field holds the value of the latest event that carries it, in any order', async () => {
  const company = await service.company();
  const events = [
    { status: 'IN_PROGRESS', statusAt: at('09:00'), trunkId: 't1', botId: 'b1', evaluation: 'BAD', number: '+1' },
    { status: 'ANSWERED', statusAt: at('09:02'), answeredAt: at('09:00:10'), trunkId: 't2', price: '0.2', cause: 'x' },
    { status: 'ANSWERED', statusAt: at('09:01'), answeredAt: at('09:00:20'), endedAt: at('09:01'), holdSeconds: 4 },
    {
      status: 'ANSWERED',
      statusAt: at('09:02'),
      priceAt: at('10:00'),
      price: '0.3',
      evaluation: 'GOOD',
      trunkId: 't10',
    },
  ];
  const orders = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 3, 0, 2],
    [2, 0, 3, 1],
  ];
  for (const [index, order] of orders.entries()) {
    for (const event of order) await company.ingest('calls', [line(`call ${index}`, events[event])]);
  }
  const one = {
    status: 'ANSWERED',
    answeredAt: shown('09:00:10'),
    endedAt: shown('09:01'),
    talkSeconds: 50,
    trunk: { id: 't2' },
    bot: { id: 'b1' },
    evaluation: 'GOOD',
    cause: 'x',
    price: { amount: '0.30' },
  };
  const fields = 'status answeredAt endedAt talkSeconds trunk { id } bot { id } evaluation cause price { amount }';
  expect(await listed(company, fields)).toEqual(orders.map(() => one));
  expect(await stats(company, 'counters { holdSeconds contacts }')).toEqual({
    counters: { holdSeconds: 16, contacts: 1 },
  });
});

test('[TEL-01] prices of legs add up beyond what a 64-bit number holds', async () => {
  const company = await service.company();
  const legs = Array.from({ length: 12 }, (_, index) =>
    line(`l${index}`, { rootId: 'r', price: '999999999999.999999' }),
  );
  expect(await company.ingest('calls', legs)).toMatchObject({ status: 200, inserted: 12 });
  expect(await stats(company, 'counters { total price { amount } }')).toEqual({
    counters: { total: 1, price: { amount: '11999999999999.999988' } },
  });
});
