import fc from 'fast-check';
import { Client } from 'pg';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, byOperator, dialogue, message, stats } from '../dialogues/chat-questions.test-support.ts';
import { anyOperatorStory } from '../operators/operator.arbitrary.ts';
import { anyPhraseStory } from '../phrases/phrase.arbitrary.ts';

let service: TestService;
let owner: Client;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService({ PHRASE_MIN_CLIENTS: '1' });
  owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});
beforeEach(async () => {
  company = await service.company();
});

/** Everything that is kept by day of the company, by table. */
async function keptDays(): Promise<Record<string, object[]>> {
  const kept: Record<string, object[]> = {};
  for (const table of ['operator_days', 'operator_state_days', 'phrase_days', 'phrase_months', 'phrase_quarters']) {
    const { rows } = await owner.query(
      `SELECT * FROM chat_stats.${table} AS kept WHERE company_id = $1 ORDER BY kept`,
      [company.id],
    );
    kept[table] = rows;
  }
  return kept;
}

/** Has everything made anew, by an event that counts nowhere. */
async function rebuild(): Promise<void> {
  await owner.query('DELETE FROM chat_stats.day_zones WHERE company_id = $1', [company.id]);
  await company.ingest('chat-messages', [message('nothing', 'of no dialogue')]);
}

test('[CHAT-44] [CHAT-46] [CHAT-50] sums kept by day are those that the rows give, whatever came in whatever order', async () => {
  const anyRequests = fc
    .tuple(anyOperatorStory, anyPhraseStory)
    .map(([work, talk]) => [...work.requests, ...talk.requests]);
  await fc.assert(
    fc.asyncProperty(anyRequests, async (requests) => {
      company = await service.company();
      // Of both stories some ids are the same and lines contradict each other: those are refused, which changes nothing either.
      for (const { kind, lines } of requests) expect((await company.ingest(kind, lines)).status).toBe(200);
      const kept = await keptDays();
      await rebuild();
      expect(kept).toEqual(await keptDays());
    }),
    { numRuns: 10, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 130_000);

const MEASURES = 'dialoguesWithMessages messages onlineSeconds';
const PERIOD = { range: { from: '2026-02-01T10:00:00Z', to: '2026-03-14T10:00:00Z' } };

async function figures() {
  const selection = `operators { breakdown { operator { id } ${MEASURES} } series(granularity: WEEK) { lines { ${MEASURES} } } }
    popularPhrases(author: CLIENT) { phrase count }`;
  return stats(company, selection, { period: PERIOD });
}

async function sendWork(): Promise<void> {
  await company.ingest('dialogues', [dialogue('a'), dialogue('b')]);
  await company.ingest('chat-messages', [
    message('1', 'a', { text: 'hello', sentAt: '2026-02-01T20:59:00Z' }),
    message('2', 'b', { text: 'hello' }),
    byOperator('3', 'a', 'anna', { sentAt: '2026-02-01T11:00:00Z' }),
    byOperator('4', 'a', 'anna', { sentAt: '2026-02-02T11:00:00Z' }),
    byOperator('5', 'b', 'anna', { sentAt: at('21:30') }),
    byOperator('6', 'b', 'anna', { sentAt: '2026-03-14T09:00:00Z' }),
  ]);
  // Online for twenty days, and once more until now.
  await company.ingest('operator-states', [
    { operatorId: 'anna', state: 'ONLINE', at: '2026-02-05T00:00:00Z' },
    { operatorId: 'anna', state: 'OFFLINE', at: '2026-02-25T00:00:00Z' },
    { operatorId: 'anna', state: 'ONLINE', at: '2026-03-10T00:00:00Z' },
  ]);
}

const DAY = 86_400;
const ANSWER = {
  operators: {
    breakdown: [
      { operator: { id: 'anna' }, dialoguesWithMessages: 2, messages: 4, onlineSeconds: 24 * DAY + 10 * 3600 },
    ],
    series: {
      lines: [
        {
          dialoguesWithMessages: [1, 1, 0, 0, 0, 0, 1],
          messages: [1, 1, 0, 0, 0, 0, 2],
          onlineSeconds: [0, 3 * DAY + 21 * 3600, 7 * DAY, 7 * DAY, 2 * DAY + 3 * 3600, 0, 4 * DAY + 10 * 3600],
        },
      ],
    },
  },
  popularPhrases: [{ phrase: 'hello', count: 2 }],
};

test('[CHAT-46] [CHAT-50] what lasted long, and periods that begin and end within days, are exact', async () => {
  await sendWork();
  expect(await figures()).toEqual(ANSWER);
});

test('[CHAT-46] [CHAT-50] a company with another time zone is answered from the rows until its sums are made anew', async () => {
  await sendWork();
  const staff = await service.token({ scopes: ['staff:platform'] });
  const input = { id: company.id, name: 'Moved', timeZone: 'America/New_York', currency: 'EUR' };
  const moving =
    'mutation($input: RegisterCompanyInput!) { registerCompany(input: $input) { userErrors { message } } }';
  const { data } = await service.graph(staff, moving, { input });
  expect(data.registerCompany.userErrors).toEqual([]);
  const { operators, popularPhrases } = await figures();
  expect({ operators: operators.breakdown, popularPhrases }).toEqual({
    operators: ANSWER.operators.breakdown,
    popularPhrases: ANSWER.popularPhrases,
  });
  const before = await keptDays();
  const moved = await figures();
  await company.ingest('chat-messages', [message('nothing', 'of no dialogue')]);
  expect(await keptDays()).not.toEqual(before);
  expect(await figures()).toEqual(moved);
});
