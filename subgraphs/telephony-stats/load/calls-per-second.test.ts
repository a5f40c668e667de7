import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, line, refusals, stats } from '../calls/call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const LINES = 'lines { trunk { id name callsPerSecondLimit } peak peakAt average peakSeries averageSeries }';
const HALF_HOUR = { range: { from: at('09:00'), to: at('09:30') }, timeZone: 'UTC' };

/** Legs that start at these times over a trunk. */
const legs = (trunkId: string | undefined, ...times: string[]) =>
  times.map((time, index) => line(`${trunkId} ${time} ${index}`, { trunkId, startedAt: at(time) }));

test('[TEL-16] each trunk has its peak with its first moment, its average and both by bucket, beside its limit', async () => {
  const company = await service.company();
  await company.ingest('directory', [{ kind: 'TRUNK', id: 'b', name: 'Main', callsPerSecondLimit: 2 }]);
  await company.ingest('calls', [
    ...legs('a', '09:10:00', '09:20:00'),
    // Three within one clock second, and three in a later one; a rolling second would hold four.
    ...legs(
      'b',
      '09:00:00',
      '09:05:07.900',
      '09:05:08',
      '09:05:08.500',
      '09:05:08.999',
      '09:29:59',
      '09:29:59',
      '09:29:59',
    ),
    ...legs(undefined, '09:05:08', '09:05:08', '09:05:08', '09:05:08'),
    // Legs count, not calls.
    line('second leg', { rootId: 'a 09:10:00 0', trunkId: 'a', startedAt: at('09:20:00.001') }),
  ]);
  const { callsPerSecond } = await stats(
    company,
    `callsPerSecond(granularity: QUARTER_HOUR) { buckets { start } ${LINES} }`,
    {
      period: HALF_HOUR,
    },
  );
  expect(callsPerSecond).toEqual({
    buckets: [{ start: '2026-03-10T09:00:00.000+00:00' }, { start: '2026-03-10T09:15:00.000+00:00' }],
    lines: [
      {
        trunk: { id: 'b', name: 'Main', callsPerSecondLimit: 2 },
        peak: 3,
        peakAt: '2026-03-10T09:05:08.000+00:00',
        average: 0.004,
        peakSeries: [3, 3],
        averageSeries: [0.006, 0.003],
      },
      {
        trunk: { id: 'a', name: 'a', callsPerSecondLimit: null },
        peak: 2,
        peakAt: '2026-03-10T09:20:00.000+00:00',
        average: 0.002,
        peakSeries: [1, 2],
        averageSeries: [0.001, 0.002],
      },
    ],
  });
});

test('[TEL-16] a peak goes down when its legs are taken back or get another trunk', async () => {
  const company = await service.company();
  await company.ingest('calls', legs('a', '09:00:00', '09:00:00', '09:00:00', '09:00:01', '09:00:01'));
  const peaks = async () => {
    const { callsPerSecond } = await stats(
      company,
      'callsPerSecond(granularity: DAY) { lines { trunk { id } peak peakAt } }',
    );
    return callsPerSecond.lines.map(
      ({ trunk, peak, peakAt }: { trunk: { id: string }; peak: number; peakAt: string }) => {
        return `${trunk.id} ${peak} ${peakAt.slice(11, 19)}`;
      },
    );
  };
  expect(await peaks()).toEqual(['a 3 12:00:00']);
  await company.ingest('calls', [{ id: 'a 09:00:00 0', deleted: true }]);
  expect(await peaks()).toEqual(['a 2 12:00:00']);
  const moved = { trunkId: 'b', startedAt: at('09:00:00'), statusAt: at('09:00:01') };
  await company.ingest('calls', [line('a 09:00:00 1', moved)]);
  expect(await peaks()).toEqual(['a 2 12:00:01', 'b 1 12:00:00']);
  await company.ingest('calls', [
    { id: 'a 09:00:00 2', deleted: true },
    { id: 'a 09:00:01 3', deleted: true },
    { id: 'a 09:00:01 4', deleted: true },
  ]);
  expect(await peaks()).toEqual(['b 1 12:00:00']);
});

test('[TEL-16] [TEL-02] the filter looks at the leg itself, and an earlier period has peaks of its own', async () => {
  const company = await service.company({ timeZone: 'UTC' });
  await company.ingest('calls', [
    line('first', { trunkId: 'a', status: 'BUSY' }),
    // It decides about the call, which is answered over b; the leg over a stays busy.
    line('second', {
      trunkId: 'b',
      rootId: 'first',
      status: 'ANSWERED',
      answeredAt: at('09:00'),
      endedAt: at('09:01'),
    }),
    line('before', { trunkId: 'a', startedAt: '2026-03-09T09:00:00Z' }),
  ]);
  const asked = 'callsPerSecond(granularity: DAY) { lines { trunk { id } peak } }';
  const lineOf = (id: string) => ({ callsPerSecond: { lines: [{ trunk: { id }, peak: 1 }] } });
  expect(await stats(company, asked, { filter: { statuses: ['BUSY'] } })).toEqual(lineOf('a'));
  expect(await stats(company, asked, { filter: { talkSecondsFrom: 60 } })).toEqual(lineOf('b'));
  expect(await stats(company, asked, { filter: { trunkIds: ['b'] } })).toEqual(lineOf('b'));
  expect(await stats(company, `previous { ${asked} }`)).toEqual({ previous: lineOf('a') });
  expect(await stats(company, asked, { filter: { statuses: ['FAILED'] } })).toEqual({ callsPerSecond: { lines: [] } });
});

test('[TEL-16] more than 20,000 points are refused with what fits', async () => {
  const company = await service.company();
  await company.ingest(
    'calls',
    ['a', 'b', 'c', 'd', 'e'].flatMap((trunk) => legs(trunk, '09:00')),
  );
  const period = { dates: { startDate: '2026-03-08', endDate: '2026-03-10' } };
  expect(await refusals(company, 'callsPerSecond(granularity: MINUTE) { lines { peakSeries } }', { period })).toEqual([
    {
      code: 'LIMIT_EXCEEDED',
      field: ['granularity'],
      message:
        'callsPerSecond: 4320 buckets of MINUTE by 5 trunks are 21600 points, more than 20000; ask for granularity FIVE_MINUTES ' +
        'or fewer trunks (filter.trunkIds).',
    },
  ]);
});
