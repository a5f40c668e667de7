import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, line, stats } from '../calls/call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ MAX_CALL_HOURS: '2' });
});
afterAll(() => service.stop());

const HOUR = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();

async function concurrency(company: TestCompany, from: string, to: string, granularity = 'HOUR', filter = {}) {
  const period = { range: { from, to }, timeZone: 'UTC' };
  const answer = await stats(company, `concurrency(granularity: ${granularity}) { peak average }`, { period, filter });
  return answer.concurrency;
}

/** An answered leg from one time to another. */
const leg = (id: string, from: string, to: string, more = {}) =>
  line(id, {
    status: 'ANSWERED',
    startedAt: at(from),
    answeredAt: at(from),
    endedAt: at(to),
    statusAt: at(to),
    ...more,
  });

test('[TEL-16] calls at once: a call is there from its start up to its end, over the edges of buckets too', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    leg('a', '08:30', '09:30'),
    // One ends where the next begins: never both.
    leg('b', '09:30', '10:15'),
    leg('c', '09:45', '10:00'),
    leg('whole day', '00:00', '23:59'),
    // An unanswered leg is there until its status; one that ended as it began never is.
    line('rings', { startedAt: at('11:00'), statusAt: at('11:00:36') }),
    line('at once', { startedAt: at('11:30'), statusAt: at('11:30') }),
  ]);
  expect(await concurrency(company, at('08:00'), at('13:00'))).toEqual({
    peak: [2, 3, 2, 2, 1],
    average: [1.5, 2.25, 1.25, 1.01, 1],
  });
  expect(await concurrency(company, at('09:50'), at('10:10'), 'FIVE_MINUTES')).toEqual({
    peak: [3, 3, 2, 2],
    average: [3, 3, 2, 2],
  });
  expect(await concurrency(company, at('08:00'), at('13:00'), 'DAY')).toEqual({ peak: [3], average: [1.402] });
});

test('[TEL-16] calls at once: what still runs counts up to asOf, for MAX_CALL_HOURS at most', async () => {
  const company = await service.company();
  const ago = (id: string, hours: number, more: object) =>
    line(id, { startedAt: iso(TEST_NOW - hours * HOUR), statusAt: iso(TEST_NOW - hours * HOUR), ...more });
  await company.ingest('calls', [
    ago('rings', 0.5, { status: 'IN_PROGRESS' }),
    ago('talks', 1.5, { status: 'ANSWERED', answeredAt: iso(TEST_NOW - HOUR) }),
    ago('forgotten', 5, { status: 'ANSWERED' }),
  ]);
  const asked = () => concurrency(company, iso(TEST_NOW - 5 * HOUR), iso(TEST_NOW + HOUR));
  expect(await asked()).toEqual({ peak: [1, 1, 0, 1, 2, 0], average: [1, 1, 0, 0.5, 1.5, 0] });
  // Its end comes: it was over a minute after it began.
  const end = iso(TEST_NOW - 5 * HOUR + 60_000);
  await company.ingest('calls', [ago('forgotten', 5, { status: 'ANSWERED', statusAt: end, endedAt: end })]);
  // The second commit of one moment is a millisecond later, in the next hour.
  expect(await asked()).toEqual({ peak: [1, 0, 0, 1, 2, 2], average: [0.017, 0, 0, 0.5, 1.5, 0] });
});

test('[TEL-16] [TEL-02] calls at once: legs count, and the filter looks at the leg itself', async () => {
  const company = await service.company();
  await company.ingest('calls', [
    leg('a', '09:00', '09:30', { trunkId: 't1', botId: 'b' }),
    leg('a2', '09:15', '09:45', { trunkId: 't2', rootId: 'a' }),
  ]);
  const peak = async (filter: object) => (await concurrency(company, at('09:00'), at('10:00'), 'HOUR', filter)).peak;
  expect([await peak({}), await peak({ trunkIds: ['t2'] }), await peak({ botIds: ['b'] })]).toEqual([[2], [1], [1]]);
  await company.ingest('calls', [{ id: 'a2', deleted: true }]);
  expect([await peak({}), await peak({ talkSecondsFrom: 1800 })]).toEqual([[1], [1]]);
});

test('[TEL-16] calls at once: nothing has no peak and no average but 0', async () => {
  const company = await service.company();
  expect(await concurrency(company, at('08:00'), at('10:00'))).toEqual({ peak: [0, 0], average: [0, 0] });
});
