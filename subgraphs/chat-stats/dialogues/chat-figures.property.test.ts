import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { anyFilter, anyStory, OPERATOR_IDS } from './chat.arbitrary.ts';
import { answerOf } from './chat.reference.ts';
import { DURATION } from './chat-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const DAYS = [9, 10, 11].map((day) => Date.UTC(2026, 2, day));
const PERIOD = { dates: { startDate: '2026-03-09', endDate: '2026-03-11' }, timeZone: 'UTC' };
const DIALOGUES = `counters { total byRobot byOperator unhandled ${DURATION} }`;
const MESSAGES = 'counters { total fromClients fromBots fromOperators price { amount } }';
const FIGURES = `query($period: PeriodInput!, $filter: ChatFilter) {
  chatStats(period: $period, filter: $filter) {
    dialogues { ${DIALOGUES} breakdown(by: [OPERATOR]) { keys share ${DIALOGUES} } series(granularity: DAY) { lines { total } } }
    messages { ${MESSAGES} breakdown(by: [GROUP]) { keys share ${MESSAGES} } series(granularity: DAY) { lines { total } } }
  }
  dialogues(period: $period, filter: $filter) { totalCount nodes { id } }
  chatMessages(period: $period, filter: $filter) { totalCount nodes { id } }
}`;

test('[CHAT-01] [CHAT-30] [CHAT-31] [CHAT-33] [CHAT-35..43] any events in any order and any repetition give the figures of the plain reference', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, fc.array(anyFilter, { minLength: 1, maxLength: 3 }), async (story, filters) => {
      const company = await service.company();
      await company.ingest(
        'directory',
        OPERATOR_IDS.map((id) => ({ kind: 'OPERATOR', id, name: id })),
      );
      for (const { kind, lines } of story.requests) {
        const { status, rejected, received } = await company.ingest(kind, lines);
        expect([status, rejected, received]).toEqual([200, 0, lines.length]);
      }
      for (const filter of filters) {
        const { data, errors } = await company.graph(FIGURES, { period: PERIOD, filter });
        expect(errors).toBeUndefined();
        expect(data).toEqual(answerOf(story, filter, DAYS));
      }
      for (const { kind, lines } of story.requests.toReversed()) {
        expect(await company.ingest(kind, lines)).toMatchObject({ received: lines.length, unchanged: lines.length });
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 130_000);
