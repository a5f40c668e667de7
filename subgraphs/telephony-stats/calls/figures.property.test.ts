import fc from 'fast-check';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { type AnyLine, anyStory, type Step } from './call.arbitrary.ts';
import { callsOf, legsOf } from './call.reference.ts';
import { answerOf, type Question } from './call-figures.reference.ts';
import { TestLevels } from './call-levels.test-support.ts';
import { CALL, COUNTERS, readAsOf, withKnownIds } from './call-questions.test-support.ts';

let service: TestService;
let levels: TestLevels;
beforeAll(async () => {
  service = await startTestService();
  levels = new TestLevels(service.ownerUrl);
});
afterAll(async () => {
  await levels.close();
  await service.stop();
});

const FIGURES = `query Figures(
  $period: PeriodInput!, $filter: CallFilter, $by: [CallDimension!]!, $seriesBy: [CallDimension!],
  $granularity: Granularity!, $durationBounds: [Int!], $first: Int, $page: Int
) {
  telephonyStats(period: $period, filter: $filter) {
    ${COUNTERS}
    breakdown(by: $by, durationBounds: $durationBounds, first: $first) { keys share ${COUNTERS} }
    series(granularity: $granularity, by: $seriesBy, durationBounds: $durationBounds, first: $first) {
      buckets { start end }
      omittedLines
      lines {
        keys total answered contacts contactsReached talkSeconds averageHandlingSeconds answerSeizureRatio
        averageCallSeconds price share
      }
    }
    previous { ${COUNTERS} }
  }
  calls(period: $period, filter: $filter, first: $page) { totalCount nodes { ${CALL} } }
}`;

/** What may happen to the levels of a company between two batches. */
const STEPS: Record<Step, (id: string) => Promise<boolean>> = {
  nothing: async () => true,
  fold: (id) => levels.fold(id),
  rebuild: (id) => levels.rebuild(id),
  drop: (id) => levels.drop(id),
};

/** Sends batches one after another, every other one atomic if wanted; the answers added up. */
async function send(company: TestCompany, batches: readonly AnyLine[][], atomic: boolean, steps: readonly Step[] = []) {
  const sums = { received: 0, inserted: 0, updated: 0, unchanged: 0 };
  for (const [index, batch] of batches.entries()) {
    const answer = await company.ingest('calls', batch, { atomic: atomic && index % 2 === 1 });
    expect(answer).toMatchObject({ status: 200, received: batch.length, waiting: 0, rejected: 0, errors: [] });
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += answer[name];
    expect(await STEPS[steps[index] ?? 'nothing'](company.id)).toBe(true);
  }
  return sums;
}

async function ask(company: TestCompany, { from, to, timeZone, ...variables }: Question) {
  const period = { range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() }, timeZone };
  const { data, errors } = await company.graph(FIGURES, { ...variables, period });
  expect(errors).toBeUndefined();
  return data;
}

test('[TEL-01..04] [TEL-06..15] [TEL-17..19] [GEN-05] any events in any order and any repetition give the figures of the plain reference', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async ({ batches, atomic, questions, steps, zone }) => {
      const company = await service.company({ timeZone: zone });
      const lines = batches.flat();
      const sums = await send(company, batches, atomic, steps);
      await levels.expectAgreement(company.id);
      expect(sums.inserted).toBe(new Set(lines.map(({ id }) => id)).size);
      expect(sums.inserted + sums.updated + sums.unchanged).toBe(lines.length);
      const legs = legsOf(lines);
      for (const question of questions.map((one) => withKnownIds(one, legs))) {
        expect(await ask(company, question)).toEqual(answerOf(callsOf(legs), question));
      }
      const asOf = await readAsOf(company);
      expect(await send(company, batches.toReversed(), atomic)).toMatchObject({ inserted: 0, updated: 0 });
      expect(await readAsOf(company)).toBe(asOf);
    }),
    { numRuns: 40, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 130_000);
