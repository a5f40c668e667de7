import type { TestCompany } from '../../../tests/support/test-service.ts';

/** The ways in which tests send chats and ask about them. */

/** 10 March 2026 in Moscow, the day on which most dialogues of the tests are. */
export const DAY = { dates: { startDate: '2026-03-10', endDate: '2026-03-10' } };

/** 10 March 2026 at this time of UTC (three hours less than in Moscow), with milliseconds if wanted. */
export const at = (time: string) => new Date(`2026-03-10T${time}${time.length === 5 ? ':00' : ''}Z`).toISOString();

type Fields = Readonly<Record<string, unknown>>;

/** A line of kind `dialogues`: in chat c1 of the site, started at 09:00 UTC on that day, but for what is said. */
export const dialogue = (id: string, fields: Fields = {}) => {
  return { id, chatId: 'c1', messenger: 'WEB', startedAt: at('09:00'), ...fields };
};

/** A line of kind `chat-messages`: a client's, sent at 09:01 UTC on that day, but for what is said. */
export const message = (id: string, dialogueId: string, fields: Fields = {}) => {
  return { id, dialogueId, author: 'CLIENT', sentAt: at('09:01'), ...fields };
};

export const byBot = (id: string, dialogueId: string, fields: Fields = {}) => {
  return message(id, dialogueId, { author: 'BOT', ...fields });
};

export const byOperator = (id: string, dialogueId: string, operatorId: string, fields: Fields = {}) => {
  return message(id, dialogueId, { author: 'OPERATOR', operatorId, ...fields });
};

export const DURATION = 'firstResponseSeconds { count mean median p90 max }';
export const DIALOGUE_COUNTERS = `counters {
  total byRobot byOperator unhandled byRobotPercent byOperatorPercent unhandledPercent ${DURATION}
}`;
export const MESSAGE_COUNTERS = 'counters { total fromClients fromBots fromOperators price { amount currency } }';

export const NO_DURATION = { count: 0, mean: null, median: null, p90: null, max: null };
export const NO_DIALOGUES = {
  total: 0,
  byRobot: 0,
  byOperator: 0,
  unhandled: 0,
  byRobotPercent: null,
  byOperatorPercent: null,
  unhandledPercent: null,
  firstResponseSeconds: NO_DURATION,
};
export const NO_MESSAGES = {
  total: 0,
  fromClients: 0,
  fromBots: 0,
  fromOperators: 0,
  price: { amount: '0.00', currency: 'EUR' },
};

export interface Asked {
  period?: object;
  filter?: object | null;
}

function askStats(company: TestCompany, selection: string, { period = DAY, filter }: Asked) {
  const query = `query($period: PeriodInput!, $filter: ChatFilter) {
    chatStats(period: $period, filter: $filter) { ${selection} }
  }`;
  return company.graph(query, { period, filter });
}

/** What chatStats says; fails the test where it answers with errors. */
export async function stats(company: TestCompany, selection: string, asked: Asked = {}) {
  const { data, errors } = await askStats(company, selection, asked);
  expect(errors).toBeUndefined();
  return data.chatStats;
}

/** The errors of chatStats, which must be null. */
export async function refusals(company: TestCompany, selection: string, asked: Asked = {}) {
  const { data, errors } = await askStats(company, selection, asked);
  expect(data?.chatStats ?? null).toBeNull();
  return (errors ?? []).map(({ message: text, extensions: { code, field } }) => ({ code, field, message: text }));
}

/** The last commit that figures include. */
export async function readAsOf(company: TestCompany): Promise<string | null> {
  return (await stats(company, 'period { asOf }')).period.asOf;
}

/** An ingest answer with these counts, all others 0. */
export function answer(counts: Readonly<Record<string, unknown>>) {
  const nothing = { received: 0, inserted: 0, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [] };
  return { status: 200, ...nothing, ...counts };
}
