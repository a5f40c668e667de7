import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, line, listed, readAsOf, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const counts = (changed: object) => ({
  status: 200,
  received: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  waiting: 0,
  rejected: 0,
  errors: [],
  ...changed,
});
/** A time of the test's day as the list shows it. */
const shown = (time: string) => at(time).replace('Z', '+00:00');

/** All orders of three things. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** Sends three events of one message in all orders, each order with an id of its own, line by line; what the list shows of each. */
async function inAllOrders(events: readonly object[], fields: string) {
  const company = await service.company();
  for (const [number, order] of ORDERS.entries()) {
    for (const index of order) {
      if (events[index]) await company.ingest('messages', [line(`order ${number}`, { ...events[index] })]);
    }
  }
  const nodes = await listed(company, fields);
  expect(nodes).toHaveLength(ORDERS.length);
  return nodes;
}

test('[MSG-02] lines that were sent before change nothing, and asOf stays', async () => {
  const company = await service.company();
  const lines = [
    line('a', { status: 'PENDING' }),
    line('a', { price: '0.01', statusAt: at('09:05') }),
    line('b', { errorCode: '17', notificationId: 'n', smsParts: 2, sentAt: at('09:01') }),
  ];
  expect(await company.ingest('messages', lines)).toEqual(counts({ received: 3, inserted: 2, updated: 1 }));
  const before = [await listed(company), await readAsOf(company)];
  service.clock.set(service.clock.now() + 60_000);
  expect(await company.ingest('messages', lines)).toEqual(counts({ received: 3, unchanged: 3 }));
  expect(await company.ingest('messages', lines.toReversed())).toEqual(counts({ received: 3, unchanged: 3 }));
  expect(await company.ingest('messages', lines, { atomic: true })).toEqual(counts({ received: 3, unchanged: 3 }));
  expect([await listed(company), await readAsOf(company)]).toEqual(before);
});

test('[MSG-02] [NOT-23] the same events in any order give the same message, each field by its own time', async () => {
  const events = [
    { status: 'PENDING', statusAt: at('09:01'), smsParts: 2, errorCode: 'old', price: '1', text: 'x'.repeat(161) },
    { status: 'DELIVERED', statusAt: at('09:02'), smsParts: 3 },
    { status: 'UNDELIVERED', statusAt: at('09:03'), errorCode: 'new', sentAt: at('09:00:30'), price: '0.5' },
  ];
  const fields = 'channel status createdAt sentAt statusAt smsParts price { amount } errorCode';
  const one = {
    channel: 'SMS',
    status: 'DELIVERED',
    createdAt: shown('09:00'),
    sentAt: shown('09:00:30'),
    statusAt: shown('09:02'),
    smsParts: 3,
    price: { amount: '0.50' },
    errorCode: 'new',
  };
  expect(await inAllOrders(events, fields)).toEqual(ORDERS.map(() => one));
});

const WINNERS = [
  ['a greater rank over a later time', ['DELIVERED', '09:01'], ['UNDELIVERED', '09:02']],
  ['a greater rank over a later time', ['ERROR', '09:01'], ['PENDING', '09:02']],
  ['a greater rank over a later time', ['PENDING', '09:01'], ['DELAYED', '09:02']],
  ['the later of one rank', ['CREATED', '09:02'], ['DELAYED', '09:01']],
  ['the later of one rank', ['CANCELED', '09:02'], ['UNDELIVERED', '09:01']],
  ['the later of one rank', ['DELIVERED', '09:02'], ['DELIVERED', '09:01']],
  ['the later name of one rank and time', ['DELAYED', '09:01'], ['CREATED_OPTIONAL', '09:01']],
  ['the later name of one rank and time', ['CREATED_OPTIONAL', '09:01'], ['CREATED', '09:01']],
  ['the later name of one rank and time', ['UNDELIVERED', '09:01'], ['OMITTED_OPTIONAL', '09:01']],
  ['the later name of one rank and time', ['ERROR', '09:01'], ['CANCELED', '09:01']],
] as const;

test.each(WINNERS)('[NOT-03] of two states %s stands: %j over %j, in either order', async (_rule, winner, loser) => {
  const event = ([status, time]: readonly [string, string]) => ({ status, statusAt: at(time) });
  const one = { status: winner[0], statusAt: shown(winner[1]) };
  expect(await inAllOrders([event(winner), event(loser)], 'status statusAt')).toEqual(ORDERS.map(() => one));
});

const TIES = [
  ['price', '9', '10', 'price { amount }', { price: { amount: '10.00' } }],
  ['smsParts', 9, 10, 'smsParts', { smsParts: 10 }],
  ['sentAt', at('09:01'), at('09:02'), 'sentAt', { sentAt: shown('09:02') }],
  ['errorCode', '9', 'a', 'errorCode', { errorCode: 'a' }],
  ['errorCode', 'Z', 'a', 'errorCode', { errorCode: 'a' }],
  ['errorCode', '\uffee', '😀', 'errorCode', { errorCode: '😀' }],
  ['text', 'x'.repeat(160), 'x'.repeat(161), 'smsParts', { smsParts: 2 }],
] as const;

test.each(TIES)(
  '[MSG-04] of two values of %s with one stamp the greater stands',
  async (field, lesser, greater, fields, one) => {
    const events = [{ [field]: lesser }, { [field]: greater }, {}];
    expect(await inAllOrders(events, fields)).toEqual(ORDERS.map(() => one));
  },
);

test('[MSG-04] a price may come alone and late, and the one with the latest priceAt stands', async () => {
  const events = [
    { price: '3', priceAt: at('09:30') },
    { price: '2', priceAt: at('10:00') },
    // Without priceAt the price is of the status.
    { price: '1', statusAt: at('09:45') },
  ];
  expect(await inAllOrders(events, 'price { amount }')).toEqual(ORDERS.map(() => ({ price: { amount: '2.00' } })));
});

test('[MSG-02] sentAt is the least time of a status that proves sending, unless an event says it', async () => {
  const derived = [
    { status: 'CREATED', statusAt: at('09:00') },
    { status: 'UNDELIVERED', statusAt: at('09:03') },
    { status: 'PENDING', statusAt: at('09:02') },
  ];
  expect(await inAllOrders(derived, 'sentAt')).toEqual(ORDERS.map(() => ({ sentAt: shown('09:02') })));
  const unsent = ['CANCELED', 'ERROR', 'OMITTED_OPTIONAL'].map((status) => ({ status }));
  expect(await inAllOrders(unsent, 'sentAt')).toEqual(ORDERS.map(() => ({ sentAt: null })));
  const said = [
    { status: 'PENDING', statusAt: at('09:01') },
    { status: 'CREATED', statusAt: at('09:00'), sentAt: at('09:20') },
    { status: 'DELIVERED', statusAt: at('09:04') },
  ];
  expect(await inAllOrders(said, 'sentAt')).toEqual(ORDERS.map(() => ({ sentAt: shown('09:20') })));
});

test('[NOT-19] the cascade of a message may be named by a later line', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('a', { status: 'PENDING' }), line('b', { notificationId: 'n' })]);
  expect(await stats(company, 'counters { notifications }')).toEqual({ counters: { notifications: 2 } });
  const named = line('a', { status: 'PENDING', notificationId: 'n' });
  expect(await company.ingest('messages', [named])).toEqual(counts({ received: 1, updated: 1 }));
  expect(await company.ingest('messages', [line('a', { status: 'PENDING' })])).toEqual(
    counts({ received: 1, unchanged: 1 }),
  );
  expect(await stats(company, 'counters { notifications }')).toEqual({ counters: { notifications: 1 } });
});

test('[NOT-03] [MSG-02] a line that changes no figure is unchanged, one that does is updated', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('a', { errorCode: 'x', smsParts: 2, price: '1', sentAt: at('09:00') })]);
  const outcome = async (fields: object) => {
    const { status: _, errors, ...answer } = await company.ingest('messages', [line('a', { ...fields })]);
    expect(errors).toEqual([]);
    return Object.entries(answer).flatMap(([name, count]) => (name !== 'received' && count > 0 ? [name] : []));
  };
  expect(await outcome({ status: 'PENDING', statusAt: at('09:10') })).toEqual(['unchanged']);
  // Without a name the message is the notification that it now says it is.
  expect(await outcome({ notificationId: 'a' })).toEqual(['unchanged']);
  expect(await outcome({ statusAt: at('09:10') })).toEqual(['unchanged']);
  expect(await outcome({ statusAt: at('09:10'), errorCode: 'y' })).toEqual(['updated']);
  expect(await outcome({ statusAt: at('09:10'), smsParts: 4 })).toEqual(['updated']);
  expect(await outcome({ statusAt: at('09:10'), price: '2' })).toEqual(['updated']);
  expect(await outcome({ statusAt: at('09:10'), sentAt: at('09:01') })).toEqual(['updated']);
  expect(await outcome({ statusAt: at('09:05'), sentAt: at('09:02'), price: '5', smsParts: 9 })).toEqual(['unchanged']);
});

test('[GEN-05] several lines of one message in one request are merged as if they had come one by one', async () => {
  const company = await service.company();
  const answer = await company.ingest('messages', [
    line('a', { status: 'CREATED' }),
    line('b'),
    line('a', { status: 'PENDING', statusAt: at('09:01'), price: '0.1' }),
    line('a', { status: 'PENDING', statusAt: at('09:01'), price: '0.1' }),
    line('a', { channel: 'VIBER' }),
    line('a', { statusAt: at('09:02') }),
  ]);
  expect(answer).toMatchObject(
    counts({ received: 6, inserted: 2, updated: 2, unchanged: 1, rejected: 1, errors: [{ line: 5 }] }),
  );
  expect(await listed(company, 'id status statusAt price { amount }')).toEqual([
    { id: 'b', status: 'DELIVERED', statusAt: shown('09:00'), price: null },
    { id: 'a', status: 'DELIVERED', statusAt: shown('09:02'), price: { amount: '0.10' } },
  ]);
});

test('[GEN-10] times are understood with any offset and cut to milliseconds before they are compared', async () => {
  const company = await service.company();
  const createdAt = '2026-03-10T09:00:00.1239999Z';
  await company.ingest('messages', [
    line('a', { createdAt, statusAt: '2026-03-10T12:00:00.5001+03:00', errorCode: 'b' }),
    // The same millisecond, although later by its finer digits: the greater value stands.
    line('a', { createdAt: '2026-03-10T14:45:00.123+05:45', statusAt: '2026-03-10T09:00:00.5009Z', errorCode: 'a' }),
  ]);
  expect(await listed(company, 'createdAt statusAt sentAt errorCode')).toEqual([
    {
      createdAt: '2026-03-10T09:00:00.123+00:00',
      statusAt: '2026-03-10T09:00:00.500+00:00',
      sentAt: '2026-03-10T09:00:00.500+00:00',
      errorCode: 'b',
    },
  ]);
});

test('[GEN-09] the same id is another message in another company', async () => {
  const [one, other] = [await service.company(), await service.company()];
  await one.ingest('messages', [line('a')]);
  const answer = await other.ingest('messages', [line('a', { channel: 'PUSH', createdAt: at('10:00') })]);
  expect(answer).toEqual(counts({ received: 1, inserted: 1 }));
  expect(await listed(one, 'id channel')).toEqual([{ id: 'a', channel: 'SMS' }]);
  expect(await listed(other, 'id channel')).toEqual([{ id: 'a', channel: 'PUSH' }]);
  await other.ingest('messages', [{ id: 'a', deleted: true }]);
  expect(await listed(one, 'id channel')).toEqual([{ id: 'a', channel: 'SMS' }]);
});
