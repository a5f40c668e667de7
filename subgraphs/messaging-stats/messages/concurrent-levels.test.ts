import fc from 'fast-check';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { type AnyLine, anyCut, anyLines } from './message.arbitrary.ts';
import { messagesOf } from './message.reference.ts';
import { answerOf, type Question } from './message-figures.reference.ts';
import { TestLevels } from './message-levels.test-support.ts';
import { FIGURES } from './message-questions.test-support.ts';

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

const DAY_MS = 86_400_000;
const ANCHOR = TEST_NOW - 20 * DAY_MS;
const FROM = ANCHOR - 5 * DAY_MS;
const TO = ANCHOR + 5 * DAY_MS;
const PERIOD = { range: { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() } };
const QUESTION: Question = {
  from: FROM,
  to: TO,
  timeZone: 'Europe/Moscow',
  filter: { timeAxis: 'SENT_AT' },
  by: ['CHANNEL', 'ERROR_CODE'],
  seriesBy: ['STATUS'],
  granularity: 'DAY',
  first: null,
  page: 1000,
};

/** The same lines for each of four writers, shuffled and cut otherwise; and what happens to the levels meanwhile, over and over. */
const anyStory = anyLines(ANCHOR, 3000, 100).chain((lines) => {
  const anyWriter = fc.shuffledSubarray(lines, { minLength: lines.length }).chain(anyCut);
  return fc.record({
    lines: fc.constant(lines),
    writers: fc.array(anyWriter, { minLength: 4, maxLength: 4 }),
    steps: fc.array(fc.constantFrom('fold', 'fold', 'rebuild', 'drop'), { minLength: 3, maxLength: 5 }),
  });
});

async function write(company: TestCompany, batches: readonly AnyLine[][]) {
  for (const batch of batches) {
    expect(await company.ingest('messages', batch)).toMatchObject({ status: 200, received: batch.length, errors: [] });
  }
}

/** Does something again and again until the writing is over, and once more. Gives how often. */
async function during(writing: Promise<unknown>, work: (round: number) => Promise<unknown>): Promise<number> {
  let over = false;
  const end = () => {
    over = true;
  };
  writing.then(end, end);
  for (let round = 0; ; round++) {
    const last = over;
    await work(round);
    if (last) return round + 1;
  }
}

test('[GEN-05] raw rows equal levels and deltas in every snapshot, while four writers, folds, rebuilds and removals go on', async () => {
  let snapshots = 0;
  await fc.assert(
    fc.asyncProperty(anyStory, async ({ lines, writers, steps }) => {
      const company = await service.company();
      const writing = Promise.all(writers.map((batches) => write(company, batches)));
      const looking = during(writing, (round) => {
        const step = steps[round % steps.length];
        return step === 'rebuild' ? levels.rebuild(company.id) : levels[step === 'drop' ? 'drop' : 'fold'](company.id);
      });
      const comparing = during(writing, () => levels.expectAgreement(company.id));
      snapshots += (await Promise.all([comparing, looking, writing]))[0];
      await levels.fold(company.id);
      await levels.expectAgreement(company.id);
      const { data, errors } = await company.graph(FIGURES, { ...QUESTION, period: PERIOD });
      expect(errors).toBeUndefined();
      expect(data).toEqual(answerOf(messagesOf(lines), QUESTION, { currency: 'EUR', moment: TEST_NOW }));
    }),
    { numRuns: 8 },
  );
  expect(snapshots).toBeGreaterThan(8);
}, 120_000);
