import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { anyOperatorQuestion, anyOperatorStory, GROUPS_OF, type OperatorQuestion } from './operator.arbitrary.ts';
import { operatorsOf } from './operator.reference.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const MEASURES = 'dialoguesWithMessages activeDialogues skippedDialogues messages onlineSeconds pausedSeconds';
const FIGURES = `query($period: PeriodInput!, $filter: ChatFilter, $granularity: Granularity!) {
  chatStats(period: $period, filter: $filter) {
    period { asOf }
    operators {
      breakdown { operator { id } ${MEASURES} }
      series(granularity: $granularity) { buckets { start end } lines { operator { id } ${MEASURES} } omittedLines }
      timeline { operator { id } state from to }
    }
  }
}`;

/** Times of the answer without the zone that they are shown in. */
const instantOf = (text: string) => new Date(text).toISOString();

function variablesOf({ from, to, timeZone, granularity, filter }: OperatorQuestion) {
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return { period: { range, timeZone }, granularity, filter };
}

test('[CHAT-46] [CHAT-47] [CHAT-48] [CHAT-50] [CHAT-51] any events in any order give the figures of the plain reference, by bucket and over ragged periods', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyOperatorStory,
      fc.array(anyOperatorQuestion, { minLength: 1, maxLength: 4 }),
      async (story, questions) => {
        const company = await service.company();
        const members = Object.entries(GROUPS_OF).map(([id, groupIds]) => ({
          kind: 'OPERATOR',
          id,
          name: id,
          groupIds,
        }));
        await company.ingest('directory', members);
        for (const { kind, lines } of story.requests) {
          const { status, rejected, received } = await company.ingest(kind, lines);
          expect([status, rejected, received]).toEqual([200, 0, lines.length]);
        }
        for (const question of questions) {
          const { data, errors } = await company.graph(FIGURES, variablesOf(question));
          expect(errors).toBeUndefined();
          const { period, operators } = data.chatStats;
          const { series, timeline, ...rest } = operators;
          const { buckets, ...lines } = series;
          const edges = [question.from, ...buckets.map(({ end }: { end: string }) => Date.parse(end))];
          const shown = timeline.map((one: { from: string; to: string | null }) => {
            return { ...one, from: instantOf(one.from), to: one.to && instantOf(one.to) };
          });
          const answer = { ...rest, series: lines, timeline: shown };
          expect(answer).toEqual(operatorsOf(story, question, Date.parse(period.asOf), edges));
        }
        for (const { kind, lines } of story.requests.toReversed()) {
          expect(await company.ingest(kind, lines)).toMatchObject({ received: lines.length, unchanged: lines.length });
        }
      },
    ),
    { numRuns: 25, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 130_000);
