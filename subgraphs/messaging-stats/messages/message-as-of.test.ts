import { startTestService, TEST_NOW, type TestService } from '../../../tests/support/test-service.ts';
import { at, line, readAsOf, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => service.clock.set(TEST_NOW));

/** So many milliseconds after the moment of the tests, in Moscow. */
const after = (ms: number) => new Date(TEST_NOW + ms + 3 * 3_600_000).toISOString().replace('Z', '+03:00');

test('[GEN-05] [GEN-10] asOf is null before the first event, then the time of the last commit that changed something', async () => {
  const company = await service.company();
  expect(await readAsOf(company)).toBeNull();
  await company.ingest('messages', [line('bad', { channel: 'FAX' }), line('bad too', { price: 1 })]);
  await company.ingest('messages', ['']);
  expect(await readAsOf(company)).toBeNull();
  await company.ingest('messages', [line('a', { status: 'PENDING' })]);
  expect(await readAsOf(company)).toBe(after(0));
  service.clock.set(TEST_NOW + 1500);
  expect(await readAsOf(company)).toBe(after(0));
  await company.ingest('messages', [line('a')]);
  expect(await readAsOf(company)).toBe(after(1500));
  service.clock.set(TEST_NOW + 2500);
  await company.ingest('messages', [{ id: 'a', deleted: true }], { atomic: true });
  expect(await readAsOf(company)).toBe(after(2500));
});

test('[GEN-05] two commits in one millisecond differ by one, and a clock that is set back does not take asOf back', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('a')]);
  await company.ingest('messages', [line('b')]);
  expect(await readAsOf(company)).toBe(after(1));
  await company.ingest('messages', [line('c')], { atomic: true });
  expect(await readAsOf(company)).toBe(after(2));
  service.clock.set(TEST_NOW - 10_000);
  await company.ingest('messages', [line('d')]);
  expect(await readAsOf(company)).toBe(after(3));
  service.clock.set(TEST_NOW + 3);
  await company.ingest('messages', [line('e')]);
  expect(await readAsOf(company)).toBe(after(4));
});

test('[GEN-05] requests that change nothing leave asOf where it is', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('a', { price: '1' }), { id: 'gone', deleted: true }]);
  service.clock.set(TEST_NOW + 1000);
  const idle = [
    [line('a', { price: '1' })],
    [line('a', { status: 'CREATED', statusAt: at('08:00') }), line('a')],
    [line('a', { price: '9', priceAt: at('08:00') })],
    [line('a', { channel: 'PUSH' }), line('b', { id: '' })],
    [{ id: 'gone', deleted: true }, line('gone')],
  ];
  for (const lines of idle) {
    await company.ingest('messages', lines);
    expect(await readAsOf(company)).toBe(after(0));
  }
  // Refused as a whole, although its first line is good.
  await company.ingest('messages', [line('c'), line('a', { channel: 'PUSH' })], { atomic: true });
  expect(await readAsOf(company)).toBe(after(0));
  await company.ingest('messages', [line('c'), line('a', { channel: 'PUSH' })]);
  expect(await readAsOf(company)).toBe(after(1000));
});

test("[GEN-09] [GEN-10] asOf is the company's own, the same for every period, and in the zone of the period", async () => {
  const [company, other] = [await service.company(), await service.company()];
  await company.ingest('messages', [line('a')]);
  expect(await readAsOf(other)).toBeNull();
  const period = { dates: { startDate: '2020-01-01', endDate: '2020-01-01' }, timeZone: 'Asia/Kathmandu' };
  expect(await stats(company, 'period { asOf } previous { period { asOf } }', { period })).toEqual({
    period: { asOf: '2026-03-15T17:45:00.000+05:45' },
    previous: { period: { asOf: '2026-03-15T17:45:00.000+05:45' } },
  });
});
