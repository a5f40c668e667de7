import fc from 'fast-check';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { type AnyLine, anyStory } from './message.arbitrary.ts';
import { messagesOf } from './message.reference.ts';
import { answerOf, type Question } from './message-figures.reference.ts';
import { FIGURES, readAsOf } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Sends batches one after another, every other one atomic if wanted; the answers added up. */
async function send(company: TestCompany, batches: readonly AnyLine[][], atomic: boolean) {
  const sums = { received: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  for (const [index, batch] of batches.entries()) {
    const answer = await company.ingest('messages', batch, { atomic: atomic && index % 2 === 1 });
    expect(answer).toMatchObject({ status: 200, received: batch.length, waiting: 0, errors: [] });
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += answer[name];
  }
  return sums;
}

async function ask(company: TestCompany, { from, to, timeZone, ...variables }: Question) {
  const period = { range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() }, timeZone };
  const { data, errors } = await company.graph(FIGURES, { ...variables, period });
  expect(errors).toBeUndefined();
  return data;
}

test('[MSG-01..10] [NOT-01..15] [NOT-17..25] [GEN-05] [GEN-10] any events in any order and any repetition give the figures of the plain reference', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async ({ currency, batches, atomic, questions }) => {
      const company = await service.company({ currency });
      const lines = batches.flat();
      const ids = new Set(lines.map(({ id }) => id)).size;
      const sums = await send(company, batches, atomic);
      expect(sums).toMatchObject({ received: lines.length, inserted: ids, rejected: 0 });
      expect(sums.inserted + sums.updated + sums.unchanged).toBe(lines.length);
      const messages = messagesOf(lines);
      for (const question of questions) {
        expect(await ask(company, question)).toEqual(answerOf(messages, question, { currency, moment: TEST_NOW }));
      }
      const asOf = await readAsOf(company);
      expect(asOf === null).toBe(lines.length === 0);
      const again = await send(company, [...batches].reverse(), atomic);
      expect(again).toEqual({ received: lines.length, inserted: 0, updated: 0, unchanged: lines.length, rejected: 0 });
      expect(await readAsOf(company)).toBe(asOf);
    }),
    { numRuns: 70, interruptAfterTimeLimit: 170_000, markInterruptAsFailure: true },
  );
}, 180_000);
