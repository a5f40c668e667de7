import fc from 'fast-check';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { anyCut, anyFilter, anyLines } from '../calls/call.arbitrary.ts';
import { legsOf } from '../calls/call.reference.ts';
import { readAsOf, withKnownIds } from '../calls/call-questions.test-support.ts';
import { type LoadQuestion, loadOf } from './load.reference.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const LOAD = `query Load($period: PeriodInput!, $filter: CallFilter, $granularity: Granularity!) {
  telephonyStats(period: $period, filter: $filter) {
    callsPerSecond(granularity: $granularity) {
      buckets { start end }
      lines { trunk { id } peak peakAt average peakSeries averageSeries }
    }
    concurrency(granularity: $granularity) { peak average }
  }
}`;

const MINUTE = 60_000;
const ZONES = ['Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'UTC'];
/** Changes of clocks, the end of a year, and moments up to the present, when calls are running. */
const ANCHORS = [
  Date.parse('2025-11-02T06:00:00Z'),
  Date.parse('2025-12-31T21:00:00Z'),
  TEST_NOW - 30 * MINUTE,
  TEST_NOW - MINUTE,
];

const anyQuestion = (anchor: number, spanMinutes: number): fc.Arbitrary<LoadQuestion> =>
  fc
    .record({
      granularity: fc.constantFrom('MINUTE' as const, 'HOUR' as const, 'DAY' as const, 'MONTH' as const),
      leadMinutes: fc.integer({ min: -2, max: spanMinutes }),
      lengthMinutes: fc.integer({ min: 1, max: 2 * spanMinutes }),
      raggedMs: fc.constantFrom(0, 0, 500, 59_999),
      timeZone: fc.constantFrom(...ZONES),
      filter: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: anyFilter }),
    })
    .map(({ leadMinutes, lengthMinutes, raggedMs, ...question }) => {
      const from = anchor - leadMinutes * MINUTE + raggedMs;
      // Minutes of five trunks must be no more points than an answer may have.
      const minutes = question.granularity === 'MINUTE' ? Math.min(lengthMinutes, 3_900) : lengthMinutes;
      return { ...question, from, to: from + minutes * MINUTE - (raggedMs === 500 ? 1 : 0) };
    });

/** Batches of lines, after each of which something is asked; in the middle the company may move to another zone. */
const anyStory = fc
  .record({
    anchor: fc.constantFrom(...ANCHORS),
    spanMinutes: fc.constantFrom(3, 100, 2100),
    zones: fc.tuple(fc.constantFrom(...ZONES), fc.constantFrom(...ZONES)),
  })
  .chain(({ anchor, spanMinutes, zones }) =>
    anyLines(anchor, spanMinutes)
      .chain(anyCut)
      .chain((batches) =>
        fc.record({
          zones: fc.constant(zones),
          steps: fc.tuple(...batches.map((batch) => fc.tuple(fc.constant(batch), anyQuestion(anchor, spanMinutes)))),
        }),
      ),
  );

async function ask(company: TestCompany, { from, to, timeZone, ...variables }: LoadQuestion) {
  const period = { range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() }, timeZone };
  const { data, errors } = await company.graph(LOAD, { ...variables, period });
  expect(errors).toBeUndefined();
  return data.telephonyStats;
}

async function moveTo(company: TestCompany, timeZone: string) {
  const staff = await service.token({ scopes: ['staff:platform'] });
  const input = { id: company.id, name: `Company ${company.id}`, timeZone, currency: 'EUR' };
  await service.graph(
    staff,
    'mutation($input: RegisterCompanyInput!) { registerCompany(input: $input) { company { id } } }',
    {
      input,
    },
  );
}

test('[TEL-16] peaks, averages and calls at once are those of the plain reference at every moment, whatever comes in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async ({ steps, zones: [zone, next] }) => {
      const company = await service.company({ timeZone: zone });
      const lines = [];
      for (const [index, [batch, asked]] of steps.entries()) {
        if (index === 2 && next !== zone) await moveTo(company, next);
        await company.ingest('calls', batch);
        lines.push(...batch);
        const legs = legsOf(lines);
        const question = withKnownIds(asked, legs);
        const asOf = Date.parse((await readAsOf(company)) as string);
        expect(await ask(company, question)).toEqual(loadOf(legs, question, asOf));
      }
    }),
    { numRuns: 30, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 130_000);
