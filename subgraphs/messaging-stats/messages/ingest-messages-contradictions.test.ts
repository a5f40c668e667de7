import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, COUNTERS, line, listed, NO_COUNTERS, readAsOf, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const CONTRADICTIONS = [
  ['createdAt', at('09:00'), at('09:01')],
  ['channel', 'SMS', 'VIBER'],
  ['notificationId', 'n 1', 'n 2'],
] as const;

test.each(CONTRADICTIONS)(
  '[MSG-02] a line with another %s is rejected whole and told both values',
  async (field, known, said) => {
    const company = await service.company();
    await company.ingest('messages', [line('a', { status: 'PENDING', [field]: known })]);
    const before = [await listed(company), await readAsOf(company)];
    const answer = await company.ingest('messages', [
      line('a', { [field]: said, statusAt: at('09:30'), price: '5', errorCode: 'x' }),
    ]);
    expect(answer).toEqual({
      status: 200,
      received: 1,
      inserted: 0,
      updated: 0,
      unchanged: 0,
      waiting: 0,
      rejected: 1,
      errors: [{ line: 1, code: 'IMMUTABLE_FIELD', field, message: expect.any(String) }],
    });
    expect(answer.errors[0]?.message).toContain(known);
    expect(answer.errors[0]?.message).toContain(said);
    expect([await listed(company), await readAsOf(company)]).toEqual(before);
    // What agrees with the known value is taken, also in the same request.
    const mixed = await company.ingest('messages', [
      line('a', { [field]: said }),
      line('a', { [field]: known, statusAt: at('09:40') }),
    ]);
    expect(mixed).toMatchObject({ updated: 1, rejected: 1 });
  },
);

test('[NOT-19] a cascade that was named later cannot be named anew', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('a'), line('a', { notificationId: 'n' })]);
  const answer = await company.ingest('messages', [line('a', { notificationId: 'a' }), line('a')]);
  expect(answer).toMatchObject({
    unchanged: 1,
    rejected: 1,
    errors: [{ line: 1, code: 'IMMUTABLE_FIELD', field: 'notificationId' }],
  });
});

test('[MSG-02] of lines that contradict each other in one request the first stands', async () => {
  const company = await service.company();
  const answer = await company.ingest('messages', [line('a', { channel: 'PUSH' }), line('a', { channel: 'EMAIL' })]);
  expect(answer).toMatchObject({ inserted: 1, rejected: 1, errors: [{ line: 2, field: 'channel' }] });
  expect(await listed(company, 'channel')).toEqual([{ channel: 'PUSH' }]);
});

const deletion = (id: string) => ({ id, deleted: true });

test('[MSG-02] a deletion takes a message out of every figure and list for good', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('a', { price: '1' }), line('b', { price: '2' })]);
  const first = await readAsOf(company);
  expect(await company.ingest('messages', [deletion('a')])).toMatchObject({ received: 1, updated: 1, rejected: 0 });
  const second = await readAsOf(company);
  expect(second).not.toBe(first);
  const left = async () => [
    await listed(company, 'id'),
    await stats(company, 'counters { total price { amount } } breakdown(by: [STATUS]) { counters { total } }'),
  ];
  const onlyB = [
    [{ id: 'b' }],
    { counters: { total: 1, price: { amount: '2.00' } }, breakdown: [{ counters: { total: 1 } }] },
  ];
  expect(await left()).toEqual(onlyB);
  // Twice, and whatever comes of it later, even if it contradicts what it was: unchanged.
  const later = [deletion('a'), line('a'), line('a', { channel: 'PUSH', statusAt: at('11:00') }), deletion('a')];
  expect(await company.ingest('messages', later)).toMatchObject({ received: 4, unchanged: 4, rejected: 0 });
  expect(await left()).toEqual(onlyB);
  expect(await readAsOf(company)).toBe(second);
});

test('[MSG-02] a deletion may come before its message', async () => {
  const company = await service.company();
  expect(await company.ingest('messages', [deletion('a')])).toMatchObject({ received: 1, rejected: 0 });
  expect(await company.ingest('messages', [line('a'), deletion('a')])).toMatchObject({ received: 2, unchanged: 2 });
  expect(await stats(company, COUNTERS)).toEqual({ counters: NO_COUNTERS });
});

test('[MSG-02] a deletion in the midst of a request holds for what stands before and after it', async () => {
  const company = await service.company();
  const answer = await company.ingest('messages', [
    line('a'),
    deletion('a'),
    line('a'),
    line('b'),
    deletion('c'),
    line('c'),
  ]);
  expect(answer).toMatchObject({ received: 6, unchanged: 2, rejected: 0 });
  expect(await listed(company, 'id')).toEqual([{ id: 'b' }]);
  // The same in one transaction, applied in the order of keys.
  const atomic = await company.ingest('messages', [line('d'), line('e'), deletion('d'), deletion('b')], {
    atomic: true,
  });
  expect(atomic).toMatchObject({ status: 200, received: 4, rejected: 0 });
  expect(await listed(company, 'id')).toEqual([{ id: 'e' }]);
});

test('[NOT-19] [NOT-13] a deleted attempt leaves its cascade', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('a', { channel: 'PUSH', status: 'ERROR', notificationId: 'n' }),
    line('b', { channel: 'VIBER', createdAt: at('09:01'), notificationId: 'n' }),
    line('c', { createdAt: at('09:02'), notificationId: 'n' }),
  ]);
  await company.ingest('messages', [deletion('b')]);
  expect(await stats(company, 'counters { total notifications }')).toEqual({
    counters: { total: 2, notifications: 1 },
  });
  expect(await listed(company, 'id fallbackChannel')).toEqual([
    { id: 'c', fallbackChannel: null },
    { id: 'a', fallbackChannel: 'SMS' },
  ]);
});
