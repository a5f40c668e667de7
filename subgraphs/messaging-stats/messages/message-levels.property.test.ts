import fc from 'fast-check';
import { Database, roleUrl } from '#platform/database';
import { lookAfter, rebuildLevels } from '#platform/rollups';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { anyStory } from './message.arbitrary.ts';
import { messagesOf } from './message.reference.ts';
import { MESSAGE_ROLLUP } from './message.rollup.ts';
import { answerOf, type Question } from './message-figures.reference.ts';
import { FIGURES } from './message-questions.test-support.ts';

let service: TestService;
let database: Database;
beforeAll(async () => {
  service = await startTestService();
  const url = roleUrl(service.ownerUrl, 'messaging_stats', TEST_ROLE_SECRET);
  database = new Database({ url, applicationName: 'test', poolSize: 4, connectTimeoutMs: 10_000 });
});
afterAll(async () => {
  await database.close();
  await service.stop();
});

const ROLLUPS = [MESSAGE_ROLLUP];

/** What may happen to the levels of a company between two batches. */
const STEPS = {
  nothing: async () => true,
  /** Builds them, or moves deltas into them. */
  fold: (id: string) => lookAfter(database, id, ROLLUPS, { minRows: 1 }),
  rebuild: (id: string) => rebuildLevels(database, id, ROLLUPS),
  drop: (id: string) => lookAfter(database, id, ROLLUPS, { minRows: 1_000_000 }),
};
const anyStep = fc.constantFrom<(keyof typeof STEPS)[]>('nothing', 'fold', 'fold', 'fold', 'rebuild', 'drop');

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
      fc.array(anyStep, { minLength: 12, maxLength: 12 }),
      fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'),
      async ({ currency, batches, atomic, questions }, steps, timeZone) => {
        const company = await service.company({ currency, timeZone });
        for (const [index, batch] of batches.entries()) {
          await company.ingest('messages', batch, { atomic });
          expect(await STEPS[steps[index] ?? 'nothing'](company.id)).toBe(true);
        }
        const messages = messagesOf(batches.flat());
        for (const question of questions) {
          expect(await ask(company, question)).toEqual(answerOf(messages, question, { currency, moment: TEST_NOW }));
        }
      },
    ),
    { numRuns: 60, interruptAfterTimeLimit: 170_000, markInterruptAsFailure: true },
  );
}, 180_000);
