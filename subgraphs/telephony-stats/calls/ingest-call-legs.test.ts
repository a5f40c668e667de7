import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, line, listed, readAsOf, shown, stats } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const FIELDS =
  'id direction status startedAt answeredAt endedAt talkSeconds operator { id } evaluation price { amount }';

/** A call that a bot answered and passed on, and an operator who was rung in vain before a second one answered. */
const LEGS = [
  line('root', {
    direction: 'INBOUND',
    status: 'ANSWERED',
    answeredAt: at('09:00:05'),
    endedAt: at('09:01:05.999'),
    statusAt: at('09:01:06'),
    botId: 'bot',
    trunkId: 't1',
    number: '+100',
    evaluation: 'GOOD',
    holdSeconds: 7,
    wrapUpSeconds: 3,
    price: '0.1',
  }),
  line('leg-2', {
    rootId: 'root',
    startedAt: at('09:00:30'),
    statusAt: at('09:00:50'),
    operatorId: 'o1',
    price: '0.02',
  }),
  answered('leg-3', 0, {
    rootId: 'root',
    startedAt: at('09:00:40'),
    answeredAt: at('09:00:45'),
    endedAt: at('09:10'),
    operatorId: 'o2',
    number: '+200',
    holdSeconds: 100,
    wrapUpSeconds: 100,
  }),
];

const CALL_OF_LEGS = {
  id: 'root',
  direction: 'INBOUND',
  status: 'ANSWERED',
  startedAt: shown('09:00'),
  answeredAt: shown('09:00:05'),
  endedAt: shown('09:10'),
  talkSeconds: 60,
  operator: null,
  evaluation: 'GOOD',
  price: { amount: '0.12' },
};

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

test.each(ORDERS)(
  '[TEL-01] [TEL-18] overlapping legs are one call and double nothing, in the order %d %d %d',
  async (...order) => {
    const company = await service.company();
    for (const index of order) await company.ingest('calls', [LEGS[index] as object]);
    expect(await listed(company, FIELDS)).toEqual([CALL_OF_LEGS]);
    const selection =
      'counters { total answered contacts contactsReached talkSeconds holdSeconds wrapUpSeconds price { amount } }';
    expect(await stats(company, selection)).toEqual({
      counters: {
        total: 1,
        answered: 1,
        contacts: 1,
        contactsReached: 1,
        talkSeconds: 60,
        holdSeconds: 7,
        wrapUpSeconds: 3,
        price: { amount: '0.12' },
      },
    });
  },
);

test('[TEL-19] the deciding leg is the one answered first, else the first in progress, else the last', async () => {
  const company = await service.company();
  const leg = (call: string, id: string, fields: object) =>
    line(`${call} ${id}`, { rootId: call, cause: id, ...fields });
  await company.ingest('calls', [
    leg('a', '1', { status: 'ANSWERED', startedAt: at('09:00'), answeredAt: at('09:03') }),
    // Without answeredAt its start counts.
    leg('a', '2', { status: 'ANSWERED', startedAt: at('09:02') }),
    leg('b', '2', { status: 'ANSWERED', answeredAt: at('09:03') }),
    leg('b', '1', { status: 'ANSWERED', answeredAt: at('09:03') }),
    leg('c', '1', { status: 'BUSY', startedAt: at('09:05') }),
    leg('c', '3', { status: 'IN_PROGRESS', startedAt: at('09:01') }),
    leg('c', '2', { status: 'IN_PROGRESS', startedAt: at('09:01') }),
    leg('d', '1', { status: 'BUSY', startedAt: at('09:05') }),
    leg('d', '2', { status: 'FAILED', startedAt: at('09:05') }),
    leg('d', '3', { status: 'REJECTED', startedAt: at('09:04') }),
    leg('e', '\uffee', { status: 'BUSY' }),
    leg('e', '😀', { status: 'FAILED' }),
  ]);
  const nodes = await listed(company, 'id status cause');
  expect(nodes.toSorted((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1))).toEqual([
    { id: 'a', status: 'ANSWERED', cause: '2' },
    { id: 'b', status: 'ANSWERED', cause: '1' },
    { id: 'c', status: 'IN_PROGRESS', cause: '2' },
    { id: 'd', status: 'FAILED', cause: '2' },
    { id: 'e', status: 'FAILED', cause: '😀' },
  ]);
});

test('[TEL-01] [TEL-18] a root supplied later moves a leg out of the call of its own id', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    answered('a', 10),
    answered('b', 20, { startedAt: at('08:59:59') }),
    answered('c', 5),
  ]);
  expect(await stats(company, 'counters { total talkSeconds }')).toEqual({ counters: { total: 3, talkSeconds: 35 } });
  const supplied = await company.ingest('calls', [answered('b', 20, { startedAt: at('08:59:59'), rootId: 'a' })]);
  expect(supplied).toMatchObject({ received: 1, updated: 1 });
  expect(await listed(company, 'id talkSeconds startedAt')).toEqual([
    { id: 'c', talkSeconds: 5, startedAt: shown('09:00') },
    { id: 'a', talkSeconds: 10, startedAt: shown('08:59:59') },
  ]);
  // A root that is no event's id, so that the call of the leg's own id is left without legs.
  await company.ingest('calls', [answered('c', 5, { rootId: 'elsewhere' })]);
  expect((await listed(company, 'id')).map(({ id }: { id: string }) => id)).toEqual(['elsewhere', 'a']);
  expect(await company.ingest('calls', [answered('c', 5)])).toMatchObject({ unchanged: 1 });
});

test('[TEL-01] [GEN-05] a leg taken back leaves its call, and the last one takes the call with it, whatever comes later', async () => {
  const company = await service.company();
  await company.ingest('calls', [{ id: 'leg-3', deleted: true }, ...LEGS, answered('late', 9)]);
  expect(await stats(company, 'counters { total talkSeconds }')).toEqual({ counters: { total: 2, talkSeconds: 69 } });
  await company.ingest('calls', [{ id: 'root', deleted: true }]);
  expect(await listed(company, 'id status startedAt operator { id } price { amount }')).toEqual([
    {
      id: 'root',
      status: 'NO_ANSWER',
      startedAt: shown('09:00:30'),
      operator: { id: 'o1' },
      price: { amount: '0.02' },
    },
    { id: 'late', status: 'ANSWERED', startedAt: shown('09:00'), operator: null, price: null },
  ]);
  await company.ingest('calls', [{ id: 'leg-2', deleted: true }]);
  expect(await company.ingest('calls', LEGS)).toMatchObject({ received: 3, unchanged: 3 });
  expect(await stats(company, 'counters { total talkSeconds }')).toEqual({ counters: { total: 1, talkSeconds: 9 } });
});

test('[TEL-12] [TEL-14] a call runs until its end is sent, and ends with its status where it came to nothing', async () => {
  const company = await service.company();
  const fields = 'id status answeredAt endedAt talkSeconds';
  await company.ingest('calls', [
    line('a', { status: 'IN_PROGRESS' }),
    line('b', { status: 'ANSWERED', answeredAt: at('09:00:10'), statusAt: at('09:00:10') }),
    line('c', { status: 'BUSY', statusAt: at('09:00:20') }),
    line('d', { status: 'CANCELED', statusAt: at('09:00:20'), endedAt: at('09:00:15') }),
    // An end before the answer is a clock gone wrong, and no negative time.
    line('e', { status: 'ANSWERED', answeredAt: at('09:00:30'), endedAt: at('09:00:20') }),
    answered('f', 30),
    line('f2', { rootId: 'f', status: 'IN_PROGRESS', startedAt: at('09:00:10') }),
  ]);
  const before = await listed(company, fields);
  expect(before.toReversed()).toEqual([
    { id: 'a', status: 'IN_PROGRESS', answeredAt: null, endedAt: null, talkSeconds: 0 },
    { id: 'b', status: 'ANSWERED', answeredAt: shown('09:00:10'), endedAt: null, talkSeconds: 0 },
    { id: 'c', status: 'BUSY', answeredAt: null, endedAt: shown('09:00:20'), talkSeconds: 0 },
    { id: 'd', status: 'CANCELED', answeredAt: null, endedAt: shown('09:00:15'), talkSeconds: 0 },
    { id: 'e', status: 'ANSWERED', answeredAt: shown('09:00:30'), endedAt: shown('09:00:20'), talkSeconds: 0 },
    { id: 'f', status: 'ANSWERED', answeredAt: shown('09:00'), endedAt: null, talkSeconds: 30 },
  ]);
  await company.ingest('calls', [
    line('a', { status: 'ANSWERED', answeredAt: at('09:00:01'), statusAt: at('08:59'), endedAt: at('09:00:03') }),
    line('b', { status: 'ANSWERED', statusAt: at('09:01'), endedAt: at('09:00:12.999') }),
  ]);
  expect((await listed(company, fields)).slice(-2)).toEqual([
    { id: 'b', status: 'ANSWERED', answeredAt: shown('09:00:10'), endedAt: shown('09:00:12.999'), talkSeconds: 2 },
    { id: 'a', status: 'ANSWERED', answeredAt: shown('09:00:01'), endedAt: shown('09:00:03'), talkSeconds: 2 },
  ]);
});

test('[TEL-01] lines that were sent before change nothing, and asOf stays', async () => {
  const company = await service.company();
  expect(await company.ingest('calls', LEGS)).toMatchObject({ received: 3, inserted: 3 });
  const before = [await listed(company), await readAsOf(company)];
  service.clock.set(service.clock.now() + 60_000);
  for (const options of [{}, { atomic: true }]) {
    expect(await company.ingest('calls', LEGS.toReversed(), options)).toMatchObject({ received: 3, unchanged: 3 });
  }
  // A later time of a status that nothing is counted by.
  const later = await company.ingest('calls', [{ ...LEGS[0], statusAt: at('09:30') }]);
  expect(later).toMatchObject({ received: 1, unchanged: 1 });
  expect((await listed(company))[0]).toEqual((before[0] as object[])[0]);
});
