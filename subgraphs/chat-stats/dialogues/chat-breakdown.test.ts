import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import {
  at,
  byBot,
  byOperator,
  DURATION,
  dialogue,
  message,
  NO_DURATION,
  refusals,
  stats,
} from './chat-questions.test-support.ts';
import { MESSENGERS } from './messenger.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

const NAMES = Object.entries(MESSENGERS).filter(([messenger]) => messenger !== 'OTHER');

test('[CHAT-11..23] [CHAT-37] each of the thirteen messengers is counted and filtered by itself, and any other one is OTHER', async () => {
  expect(NAMES).toHaveLength(13);
  const used = [...NAMES.map(([messenger]) => messenger), 'Something new', 'OTHER', 'web'];
  await company.ingest(
    'dialogues',
    used.map((messenger, index) => dialogue(`d${index}`, { messenger })),
  );
  await company.ingest(
    'chat-messages',
    used.flatMap((_, index) => [message(`c${index}`, `d${index}`), byBot(`b${index}`, `d${index}`)]),
  );
  const byMessenger =
    'messages(authors: [CLIENT]) { breakdown(by: [MESSENGER]) { keys labels share counters { total } } }';
  const row = (messenger: string, label: string, total: number, share: number) => {
    return { keys: [messenger], labels: [label], share, counters: { total } };
  };
  const rows = NAMES.map(([messenger, label]) => row(messenger, label, 1, 6.3));
  const inOrder = rows.toSorted((one, other) => ((one.keys[0] ?? '') < (other.keys[0] ?? '') ? -1 : 1));
  expect((await stats(company, byMessenger)).messages.breakdown).toEqual([row('OTHER', 'Other', 3, 18.8), ...inOrder]);
  for (const [messenger, label] of NAMES) {
    const { messages } = await stats(company, byMessenger, { filter: { messengers: [messenger] } });
    expect(messages.breakdown).toEqual([row(messenger, label, 1, 100)]);
  }
});

test('[CHAT-35] [CHAT-36] the cost of chats by chat, named as the directory names it, and by day', async () => {
  await company.ingest('directory', [{ kind: 'CHAT', id: 'site', name: 'The site', messenger: 'WEB' }]);
  await company.ingest('dialogues', [
    dialogue('a', { chatId: 'site', startedAt: '2026-03-09T09:00:00Z' }),
    dialogue('b', { chatId: 'tg' }),
  ]);
  await company.ingest('chat-messages', [
    message('1', 'a', { price: '0.5', sentAt: '2026-03-09T20:59:59.999Z' }),
    message('2', 'a', { price: '0.000001', sentAt: '2026-03-09T21:00:00Z' }),
    byBot('3', 'a', { price: '1' }),
    message('4', 'b', { price: '0.1' }),
    message('5', 'b'),
  ]);
  const { messages } = await stats(
    company,
    'messages { breakdown(by: [CHAT]) { labels counters { price { amount } } } series(granularity: DAY) { lines { price } } }',
    { period: { dates: { startDate: '2026-03-09', endDate: '2026-03-11' } } },
  );
  expect(messages).toEqual({
    breakdown: [
      { labels: ['The site'], counters: { price: { amount: '1.500001' } } },
      { labels: ['tg'], counters: { price: { amount: '0.10' } } },
    ],
    series: { lines: [{ price: ['0.50', '1.100001', '0.00'] }] },
  });
});

test('[CHAT-38] [CHAT-39] [CHAT-40] [CHAT-41] [CHAT-42] [CHAT-43] messages of users, robots and operators by day and messenger, and by operator', async () => {
  await company.ingest('directory', [{ kind: 'OPERATOR', id: 'anna', name: 'Anna' }]);
  await company.ingest('dialogues', [dialogue('a'), dialogue('b', { messenger: 'LINE' })]);
  const second = '2026-03-11T09:00:00Z';
  await company.ingest('chat-messages', [
    message('1', 'a'),
    message('2', 'b', { sentAt: second }),
    byBot('3', 'a'),
    byOperator('4', 'a', 'anna'),
    byOperator('5', 'a', 'anna', { sentAt: second }),
    byOperator('6', 'b', 'boris'),
  ]);
  const days = (authors: string) => `messages(authors: [${authors}]) { series(granularity: DAY) { lines { total } } }`;
  const answer = await stats(
    company,
    `users: messages(authors: [CLIENT]) { series(granularity: DAY, by: [MESSENGER]) { lines { keys total share } } }
     all: ${days('CLIENT')} robots: ${days('BOT')} operators: ${days('OPERATOR')}
     who: messages(authors: [OPERATOR]) { breakdown(by: [OPERATOR]) { keys labels counters { fromOperators } }
       where: breakdown(by: [MESSENGER]) { keys counters { total } } }`,
    { period: { dates: { startDate: '2026-03-10', endDate: '2026-03-11' } } },
  );
  const one = (total: number[]) => ({ series: { lines: [{ total }] } });
  expect(answer).toEqual({
    users: {
      series: {
        lines: [
          { keys: ['LINE'], total: [0, 1], share: [0, 100] },
          { keys: ['WEB'], total: [1, 0], share: [100, 0] },
        ],
      },
    },
    all: one([1, 1]),
    robots: one([1, 0]),
    operators: one([2, 1]),
    who: {
      breakdown: [
        { keys: ['anna'], labels: ['Anna'], counters: { fromOperators: 2 } },
        { keys: ['boris'], labels: ['boris'], counters: { fromOperators: 1 } },
      ],
      where: [
        { keys: ['WEB'], counters: { total: 2 } },
        { keys: ['LINE'], counters: { total: 1 } },
      ],
    },
  });
});

test('[CHAT-03] by operator a dialogue is in the line of everybody who wrote, and shares are of all dialogues', async () => {
  await company.ingest('dialogues', [dialogue('a'), dialogue('b'), dialogue('c')]);
  await company.ingest('chat-messages', [
    byOperator('1', 'a', 'anna'),
    byOperator('2', 'a', 'boris'),
    byOperator('3', 'b', 'anna'),
  ]);
  const { dialogues } = await stats(
    company,
    `dialogues {
      breakdown(by: [OPERATOR]) { keys labels share counters { total byOperator } }
      series(granularity: DAY, by: [OPERATOR, HANDLED_BY]) { lines { keys total share } }
    }`,
  );
  expect(dialogues).toEqual({
    breakdown: [
      { keys: ['anna'], labels: ['anna'], share: 66.7, counters: { total: 2, byOperator: 2 } },
      { keys: [''], labels: ['(none)'], share: 33.3, counters: { total: 1, byOperator: 0 } },
      { keys: ['boris'], labels: ['boris'], share: 33.3, counters: { total: 1, byOperator: 1 } },
    ],
    series: {
      lines: [
        { keys: ['anna', 'OPERATOR'], total: [2], share: [66.7] },
        { keys: ['', 'NOBODY'], total: [1], share: [33.3] },
        { keys: ['boris', 'OPERATOR'], total: [1], share: [33.3] },
      ],
    },
  });
});

test('[CHAT-33] first responses: exact mean, median, 90 % and longest, by line too, only where the client wrote before', async () => {
  const seconds = [1, 2, 4, 8, 16, 32.0025];
  await company.ingest('dialogues', [
    ...seconds.map((_, i) => dialogue(`d${i}`)),
    dialogue('rev', { messenger: 'LINE' }),
  ]);
  const from = Date.parse(at('10:00'));
  await company.ingest('chat-messages', [
    ...seconds.flatMap((after, i) => [
      message(`c${i}`, `d${i}`, { sentAt: at('10:00') }),
      message(`l${i}`, `d${i}`, { sentAt: at('11:00') }),
      byOperator(`o${i}`, `d${i}`, 'anna', { sentAt: new Date(from + after * 1000).toISOString() }),
    ]),
    byOperator('early', 'rev', 'anna', { sentAt: at('09:59') }),
    message('late', 'rev', { sentAt: at('10:00') }),
  ]);
  const { dialogues } = await stats(
    company,
    `dialogues { counters { ${DURATION} } breakdown(by: [MESSENGER]) { keys counters { ${DURATION} } } }`,
  );
  // 32.0025 s is cut to 32.002 s: times are kept in whole milliseconds.
  const measured = { count: 6, mean: 10.5, median: 6, p90: 24.001, max: 32.002 };
  expect(dialogues).toEqual({
    counters: { firstResponseSeconds: measured },
    breakdown: [
      { keys: ['WEB'], counters: { firstResponseSeconds: measured } },
      { keys: ['LINE'], counters: { firstResponseSeconds: NO_DURATION } },
    ],
  });
});

test('[CHAT-30] the previous period has figures of its own, and no previous', async () => {
  await company.ingest('dialogues', [
    dialogue('a'),
    dialogue('b'),
    dialogue('old', { startedAt: '2026-03-09T09:00:00Z' }),
  ]);
  const total = 'dialogues { counters { total } }';
  expect(await stats(company, `${total} previous { period { from } ${total} }`)).toEqual({
    dialogues: { counters: { total: 2 } },
    previous: { period: { from: '2026-03-09T00:00:00.000+03:00' }, dialogues: { counters: { total: 1 } } },
  });
  const [refused] = await refusals(company, 'previous { previous { currency } }');
  expect(refused?.message).toMatch(/^previous: stands below another previous/);
});

test.each([
  ['dialogues', 'AUTHOR', 'CHAT, MESSENGER, BOT, GROUP, HANDLED_BY, OPERATOR'],
  ['chat_messages', 'HANDLED_BY', 'CHAT, MESSENGER, BOT, GROUP, AUTHOR, OPERATOR'],
])('a dimension that %s do not have is refused, and the allowed ones are named', async (fact, dimension, allowed) => {
  const field = fact === 'dialogues' ? 'dialogues' : 'messages';
  for (const shape of [
    `breakdown(by: [CHAT, ${dimension}]) { keys }`,
    `series(granularity: DAY, by: [${dimension}]) { omittedLines }`,
  ]) {
    const [refused] = await refusals(company, `${field} { ${shape} }`);
    expect(refused).toEqual({
      code: 'BAD_USER_INPUT',
      field: ['by'],
      message: `by: ${dimension} is no dimension of ${fact}; these are: ${allowed}.`,
    });
  }
  const [empty] = await refusals(company, `${field} { breakdown(by: []) { keys } }`);
  expect(empty?.message).toBe('by: is empty; name at least one dimension, or ask for counters.');
});
