import fc from 'fast-check';
import { Client } from 'pg';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import {
  answer,
  at,
  byBot,
  byOperator,
  dialogue,
  message,
  refusals,
  stats,
} from '../dialogues/chat-questions.test-support.ts';
import { anyPhraseQuestion, anyPhraseStory } from './phrase.arbitrary.ts';
import { phrasesOf } from './phrase.reference.ts';

const MIN_CLIENTS = 2;
let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService({ PHRASE_MIN_CLIENTS: String(MIN_CLIENTS) });
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

async function phrases(author: string, args = '', asked = {}) {
  const field = `popularPhrases(author: ${author}${args}) { phrase count share }`;
  return (await stats(company, field, asked)).popularPhrases;
}

/** Everything that the database holds of phrases, of all companies. */
async function storedPhrases(): Promise<string[]> {
  const client = new Client({ connectionString: service.ownerUrl });
  await client.connect();
  const { rows } = await client.query('SELECT phrase FROM chat_stats.phrases WHERE company_id = $1 ORDER BY 1', [
    company.id,
  ]);
  await client.end();
  return rows.map(({ phrase }) => phrase);
}

test('[CHAT-44] what clients write most often: whole messages, whatever their case, punctuation, emoji and numbers', async () => {
  await company.ingest(
    'dialogues',
    ['a', 'b', 'c'].map((id) => dialogue(id)),
  );
  const texts = [
    'Where is my order 17?',
    'where is my order № 4!',
    'WHERE is my order 5 😀',
    'Only I say this',
    'Thanks',
    'thanks!',
  ];
  await company.ingest(
    'chat-messages',
    texts.map((text, index) => message(`m${index}`, ['a', 'b', 'c'][index % 3] ?? '', { text })),
  );
  await company.ingest('chat-messages', [
    message('n1', 'a', { text: '?!' }),
    message('n2', 'a'),
    byBot('n3', 'a', { text: 'Thanks' }),
    byOperator('n4', 'a', 'anna', { text: 'Thanks' }),
    message('n5', 'b', { text: 'where is my order #', sentAt: '2026-03-11T09:00:00Z' }),
  ]);
  expect(await phrases('CLIENT')).toEqual([
    { phrase: 'thanks', count: 2, share: 33.3 },
    { phrase: 'where is my order #', count: 2, share: 33.3 },
  ]);
  expect(await phrases('CLIENT', ', first: 1')).toEqual([{ phrase: 'thanks', count: 2, share: 33.3 }]);
  expect(await phrases('OPERATOR')).toEqual([{ phrase: 'thanks', count: 1, share: 100 }]);
  const [refused] = await refusals(company, 'popularPhrases(author: BOT, first: 0) { count }');
  expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: ['first'] });
});

test('[CHAT-45] of bots the template counts where there is one, and the text where there is none', async () => {
  await company.ingest(
    'dialogues',
    ['a', 'b', 'c'].map((id) => dialogue(id)),
  );
  const template = 'Hello, {name}! Your order {id} is ready.';
  await company.ingest('chat-messages', [
    byBot('1', 'a', { template, text: 'Hello, Anna! Your order 17 is ready.' }),
    byBot('2', 'b', { template, text: 'Hello, Boris! Your order 4 is ready.' }),
    byBot('3', 'a', { text: 'Anything else?' }),
    byBot('4', 'b', { text: 'Anything else?', sentAt: at('10:00') }),
    byBot('5', 'c', { text: 'anything ELSE' }),
    message('6', 'c', { text: 'no', template }),
  ]);
  expect(await phrases('BOT')).toEqual([
    { phrase: 'anything else', count: 3, share: 60 },
    { phrase: 'hello name your order id is ready', count: 2, share: 40 },
  ]);
  const later = byBot('5', 'c', { text: 'Anything else', template });
  expect(await company.ingest('chat-messages', [later])).toEqual(answer({ received: 1, updated: 1 }));
  expect((await phrases('BOT')).map(({ count }: { count: number }) => count)).toEqual([3, 2]);
});

test('[CHAT-44] a phrase is shown once enough clients have said it, at any time; hidden ones count in shares', async () => {
  const say = (id: string, clientId: string | undefined, startedAt: string) => dialogue(id, { clientId, startedAt });
  await company.ingest('dialogues', [say('a', 'p', at('09:00')), say('b', 'p', at('09:00'))]);
  const ofPhrase = (id: string, dialogueId: string, sentAt = at('09:00')) =>
    message(id, dialogueId, { text: 'Hi all', sentAt });
  await company.ingest('chat-messages', [
    ofPhrase('1', 'a'),
    ofPhrase('2', 'b'),
    message('3', 'a', { text: 'secret' }),
  ]);
  expect(await phrases('CLIENT')).toEqual([]);
  // Somebody else's, in another year, of a dialogue that has not arrived.
  await company.ingest('chat-messages', [ofPhrase('4', 'old', '2024-03-10T09:00:00Z')]);
  expect(await phrases('CLIENT')).toEqual([]);
  await company.ingest('dialogues', [say('old', undefined, '2024-03-10T09:00:00Z')]);
  expect(await phrases('CLIENT')).toEqual([{ phrase: 'hi all', count: 2, share: 66.7 }]);
  // It turns out that it was the same client all the time.
  await company.ingest('dialogues', [say('old', 'p', '2024-03-10T09:00:00Z')]);
  expect(await phrases('CLIENT')).toEqual([]);
});

test('[CHAT-44] e-mail addresses, telephone and card numbers are masked before anything is stored', async () => {
  await company.ingest(
    'dialogues',
    ['a', 'b'].map((id) => dialogue(id)),
  );
  const texts = ['mail anna@example.com', '+49 30 1234567', 'card 4111 1111 1111 1111'];
  const of = (dialogueId: string) => texts.map((text, index) => message(`${dialogueId}${index}`, dialogueId, { text }));
  await company.ingest('chat-messages', [...of('a'), ...of('b')]);
  const masked = ['#phone', 'card #card', 'mail #email'];
  expect((await phrases('CLIENT')).map(({ phrase }: { phrase: string }) => phrase)).toEqual(masked);
  expect(await storedPhrases()).toEqual(masked);
});

test('a phrase that was taken back with its last message is kept nowhere, and neither is one of a line that was refused', async () => {
  await company.ingest('dialogues', [dialogue('a'), dialogue('b')]);
  await company.ingest('chat-messages', [
    message('1', 'a', { text: 'of one message' }),
    message('2', 'a', { text: 'of both' }),
    message('3', 'b', { text: 'of both' }),
    message('4', 'b', { text: 'of a dialogue' }),
    message('5', 'never', { text: 'waiting' }),
  ]);
  await company.ingest('chat-messages', [message('1', 'a', { text: 'contradiction' }), { id: '1', deleted: true }]);
  expect(await storedPhrases()).toEqual(['of a dialogue', 'of both', 'waiting']);
  await company.ingest(
    'dialogues',
    ['b', 'never'].map((id) => ({ id, deleted: true })),
  );
  await company.ingest('chat-messages', [message('6', 'b', { text: 'too late' })]);
  expect(await storedPhrases()).toEqual(['of both']);
  await company.ingest('dialogues', [{ id: 'a', deleted: true }]);
  expect(await storedPhrases()).toEqual([]);
});

test('[CHAT-44] [CHAT-45] any texts in any order give the phrases of the plain reference', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPhraseStory,
      fc.array(anyPhraseQuestion, { minLength: 1, maxLength: 4 }),
      async (story, questions) => {
        company = await service.company();
        for (const { kind, lines } of story.requests) {
          expect(await company.ingest(kind, lines)).toMatchObject({ status: 200, rejected: 0, received: lines.length });
        }
        for (const question of questions) {
          const { from, to, author, first, filter } = question;
          const period = { range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } };
          expect(await phrases(author, `, first: ${first}`, { period, filter })).toEqual(
            phrasesOf(story, question, MIN_CLIENTS),
          );
        }
      },
    ),
    { numRuns: 25, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 130_000);
