import fc from 'fast-check';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { type AnyLine, anyCut, anyLines } from './message.arbitrary.ts';
import { messagesOf } from './message.reference.ts';
import { answerOf, type Question } from './message-figures.reference.ts';
import { FIGURES } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const DAY_MS = 86_400_000;
const ANCHOR = TEST_NOW - 20 * DAY_MS;
const FROM = ANCHOR - 5 * DAY_MS;
const TO = ANCHOR + 5 * DAY_MS;
const PERIOD = { range: { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() } };

/** The same lines for each of four writers, shuffled and cut otherwise. */
const anyWriters = anyLines(ANCHOR, 3000, 120).chain((lines) => {
  const anyWriter = fc.shuffledSubarray(lines, { minLength: lines.length }).chain(anyCut);
  return fc.record({ lines: fc.constant(lines), writers: fc.array(anyWriter, { minLength: 4, maxLength: 4 }) });
});

async function write(company: TestCompany, batches: readonly AnyLine[][]) {
  const counts = { received: 0, inserted: 0, rejected: 0 };
  for (const batch of batches) {
    const answer = await company.ingest('messages', batch);
    expect(answer).toMatchObject({ status: 200, received: batch.length, errors: [] });
    counts.received += answer.received;
    counts.inserted += answer.inserted;
    counts.rejected += answer.rejected;
  }
  return counts;
}

const ONE_MOMENT = `query($period: PeriodInput!) {
  messagingStats(period: $period, filter: { timeAxis: CREATED_AT }) {
    period { asOf }
    first: counters { total sent smsParts unpriced notifications }
    breakdown(by: [STATUS, ERROR_CODE], first: 1000) { counters { total sent smsParts unpriced } }
    series(granularity: HOUR, by: [CHANNEL]) { lines { total sent smsParts unpriced } }
    last: counters { total sent smsParts unpriced notifications }
  }
}`;
const SUMS = ['total', 'sent', 'smsParts', 'unpriced'] as const;
type SumOf<T> = Record<(typeof SUMS)[number], T>;

const sum = (values: readonly number[]) => values.reduce((left, right) => left + right, 0);

/** Reads until the writing is over, and once more; every answer must agree with itself. Gives the moments that were seen. */
async function readWhile(writing: Promise<unknown>, company: TestCompany): Promise<string[]> {
  const moments = new Set<string>();
  let over = false;
  const end = () => {
    over = true;
  };
  writing.then(end, end);
  for (let last = false; !last; ) {
    last = over;
    const { data, errors } = await company.graph(ONE_MOMENT, { period: PERIOD });
    expect(errors).toBeUndefined();
    const { period, first, breakdown, series, last: again } = data.messagingStats;
    expect(again).toEqual(first);
    for (const name of SUMS) {
      expect(sum(breakdown.map(({ counters }: { counters: SumOf<number> }) => counters[name]))).toBe(first[name]);
      expect(sum(series.lines.flatMap((line: SumOf<number[]>) => line[name]))).toBe(first[name]);
    }
    if (period.asOf) moments.add(period.asOf);
  }
  return [...moments];
}

test('[GEN-05] [MSG-02] [NOT-19] four writers of overlapping events leave the figures of the reference, and every answer meanwhile is of one moment', async () => {
  const question: Question = {
    from: FROM,
    to: TO,
    timeZone: 'Europe/Moscow',
    filter: {},
    by: ['CHANNEL', 'STATUS'],
    seriesBy: ['SHORT_STATUS'],
    granularity: 'DAY',
    first: null,
    page: 1000,
  };
  await fc.assert(
    fc.asyncProperty(anyWriters, async ({ lines, writers }) => {
      const company = await service.company();
      const writing = Promise.all(writers.map((batches) => write(company, batches)));
      const moments = await readWhile(writing, company);
      const counts = await writing;
      expect(sum(counts.map(({ received }) => received))).toBe(4 * lines.length);
      expect(sum(counts.map(({ inserted }) => inserted))).toBe(new Set(lines.map(({ id }) => id)).size);
      expect(moments).toEqual(moments.toSorted());
      const { data, errors } = await company.graph(FIGURES, { ...question, period: PERIOD });
      expect(errors).toBeUndefined();
      expect(data).toEqual(answerOf(messagesOf(lines), question, { currency: 'EUR', moment: TEST_NOW }));
    }),
    { numRuns: 12 },
  );
}, 120_000);
