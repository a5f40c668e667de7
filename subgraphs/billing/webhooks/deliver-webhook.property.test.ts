import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { pay } from '../billing.test-support.ts';
import { pull } from '../changes/changes.test-support.ts';
import { type Answer, startReceiver } from './receiver.test-support.ts';
import { openWebhookCompany } from './webhooks.test-support.ts';

let service: TestService;
beforeAll(async () => {
  const settings = { WEBHOOK_ALLOW_HTTP: 'on', WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'on', DATABASE_POOL_SIZE: '8' };
  service = await startTestService(settings);
});
afterAll(() => service.stop());

const wait = (minutes: number) => service.clock.set(service.clock.now() + minutes * 60_000);

/** What happens at the same time: payments come in, workers look for work, and the clock runs on. */
type Act = 'pay' | 'work' | 'wait';
/** What the receiver does; late is: while more comes in and others look for work. */
type Answered = 'received' | 'refused' | 'received late';

test('whatever is written and delivered at once, a receiver takes every change once, in order, and none before an earlier one', async () => {
  const property = async (rounds: Act[][], answers: Answered[]) => {
    service.clock.set(Date.UTC(2026, 2, 15, 12));
    const company = await openWebhookCompany(service);
    const receiver = await startReceiver();
    const { webhook } = await company.register({ url: receiver.url });
    const taken: number[] = [];
    let payments = 0;
    const perform = async (act: Act) => {
      if (act === 'pay') await pay(service, company.id, { amount: '1', idempotencyKey: `${++payments}` });
      if (act === 'work') await service.runJobs();
      if (act === 'wait') wait(5);
    };
    const takeIn = async (_request: unknown, response: ServerResponse) => {
      await Promise.all([perform('pay'), perform('work')]);
      response.writeHead(204).end();
    };
    const answerOf: Record<Answered, Answer> = { received: 204, refused: 500, 'received late': takeIn };
    receiver.answers.push(...answers.map((one) => answerOf[one]));
    for (const round of rounds) await Promise.all(round.map(perform));
    // Each look is at most one failed try.
    for (let looks = 0; looks <= answers.length; looks++) {
      wait(24 * 60);
      await perform('work');
    }
    const { endCursor } = await pull(company, null, 1000);
    expect((await company.webhooks())[0].deliveredUpTo).toBe(endCursor);
    for (const [index, { headers }] of receiver.received.entries()) {
      if (answers[index] !== 'refused') taken.push(Number(headers['webhook-id']?.split('_')[2]));
    }
    expect(taken).toEqual(Array.from({ length: payments }, (_, index) => index + 1));
    const { totalCount } = await company.deliveries(webhook.id, { first: 1 });
    expect(totalCount).toBe(receiver.received.length);
    await receiver.close();
  };
  const act = fc.constantFrom<Act>('pay', 'pay', 'work', 'work', 'wait');
  const rounds = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
  const answers = fc.array(fc.constantFrom<Answered>('received', 'refused', 'received late'), { maxLength: 8 });
  await fc.assert(fc.asyncProperty(rounds, answers, property), { numRuns: 10 });
}, 120_000);
