import fc from 'fast-check';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { anyStory } from './message.arbitrary.ts';
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

/** What may happen to the levels of a company between two batches. */
const STEPS = {
  nothing: async () => true,
  fold: (id: string) => levels.fold(id),
  rebuild: (id: string) => levels.rebuild(id),
  drop: (id: string) => levels.drop(id),
};
const anyStep = fc.constantFrom<(keyof typeof STEPS)[]>('nothing', 'fold', 'fold', 'fold', 'fold', 'rebuild', 'drop');
const COMPANY_ZONES = ['Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];

async function ask(company: TestCompany, { from, to, timeZone, ...variables }: Question) {
  const period = { range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() }, timeZone };
  const { data, errors } = await company.graph(FIGURES, { ...variables, period });
  expect(errors).toBeUndefined();
  return data;
}

test('[GEN-05] [GEN-10] whatever levels a company has, and whenever they were made, its figures are those of the plain reference', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyStory,
      fc.array(anyStep, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(...COMPANY_ZONES),
      async ({ currency, batches, atomic, questions }, steps, timeZone) => {
        const company = await service.company({ currency, timeZone });
        for (const [index, batch] of batches.entries()) {
          await company.ingest('messages', batch, { atomic });
          expect(await STEPS[steps[index] ?? 'fold'](company.id)).toBe(true);
        }
        await levels.expectAgreement(company.id);
        const messages = messagesOf(batches.flat());
        for (const question of questions) {
          expect(await ask(company, question)).toEqual(answerOf(messages, question, { currency, moment: TEST_NOW }));
        }
      },
    ),
    { numRuns: 50, interruptAfterTimeLimit: 170_000, markInterruptAsFailure: true },
  );
}, 180_000);
