import { readCompany } from '#platform/companies';
import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { type Period, resolvePeriod } from '#platform/time';
import { type ChatQuestion, chatMessagePopulation } from '../../subgraphs/chat-stats/dialogues/chat-population.ts';
import { readOperatorTotals } from '../../subgraphs/chat-stats/operators/operator-course.ts';
import { readOperatorPopulation } from '../../subgraphs/chat-stats/operators/operator-population.ts';
import { toSeconds } from '../../subgraphs/chat-stats/operators/read-operator-seconds.ts';
import { readPopularPhrases } from '../../subgraphs/chat-stats/phrases/read-popular-phrases.ts';
import { BENCH_NOW } from './message-events.ts';
import { YEAR } from './year-question.ts';

/** Counts by what they are counted of; what has none is left out. */
export type Counts = Readonly<Record<string, number>>;

const MOST_OPERATORS = 1000;
const LIMITS = { minClients: 3, first: 100 };

async function readQuestion(transaction: Transaction): Promise<ChatQuestion> {
  const company = await readCompany(transaction);
  const period = resolvePeriod(YEAR, { timeZone: company.timeZone, moment: BENCH_NOW });
  return { transaction, company, period, filter: {} };
}

async function readTotals(transaction: Transaction) {
  return readOperatorTotals(await readOperatorPopulation(await readQuestion(transaction)), MOST_OPERATORS);
}

/** Seconds by operator and state, as the breakdown of operators reads them. */
export async function askSeconds(transaction: Transaction): Promise<Counts> {
  const totals = await readTotals(transaction);
  const { online, paused } = await totals.times();
  const states = { ONLINE: online, PAUSED: paused };
  return countsOf(
    totals.operatorIds.flatMap((id) => {
      return Object.entries(states).map(([state, grid]) => [`${id} ${state}`, toSeconds(grid.of(id))[0] ?? 0]);
    }),
  );
}

/** The same from the states, each cut to the year. */
export async function askSecondsOfRows(transaction: Transaction): Promise<Counts> {
  const { from, to } = await readBounds(transaction);
  const rows = await transaction.arrays<[operator: string, state: string, seconds: string]>(
    'bench.operator_seconds',
    sql`SELECT operator_id, state, round(extract(epoch FROM sum(least(until, ${to}) - greatest(at, ${from}))))
      FROM operator_states
      WHERE company_id = ${transaction.companyId} AND state <> 'OFFLINE' AND at < ${to} AND (until > ${from} OR until IS NULL)
      GROUP BY operator_id, state`,
  );
  return countsOf(rows.map(([operator, state, seconds]) => [`${operator} ${state}`, Number(seconds)]));
}

/** Different dialogues by operator who wrote in them, as the breakdown of operators reads them. */
export async function askDialogues(transaction: Transaction): Promise<Counts> {
  const totals = await readTotals(transaction);
  const { dialoguesWithMessages } = await totals.messages();
  return countsOf(totals.operatorIds.map((id) => [id, dialoguesWithMessages.of(id)[0] ?? 0]));
}

/** The same from the messages; grouped twice, which is faster than count(DISTINCT). */
export async function askDialoguesOfRows(transaction: Transaction): Promise<Counts> {
  const { from, to } = await readBounds(transaction);
  const rows = await transaction.arrays<[operator: string, dialogues: string]>(
    'bench.operator_dialogues',
    sql`SELECT operator_id, count(*) FROM (
        SELECT DISTINCT operator_id, dialogue_id FROM chat_messages
        WHERE company_id = ${transaction.companyId} AND operator_id IS NOT NULL AND sent_at >= ${from} AND sent_at < ${to}
      ) AS talks GROUP BY operator_id`,
  );
  return countsOf(rows.map(([operator, dialogues]) => [operator, Number(dialogues)]));
}

/** The most frequent phrases of clients with how often they occur, in order. */
export async function askPhrases(transaction: Transaction): Promise<[string, number][]> {
  const population = chatMessagePopulation(await readQuestion(transaction), ['CLIENT']);
  const phrases = await readPopularPhrases(transaction, population, LIMITS);
  return phrases.map(({ phrase, count }) => [phrase, count]);
}

/** The same from the messages. */
export async function askPhrasesOfRows(transaction: Transaction): Promise<[string, number][]> {
  const { from, to } = await readBounds(transaction);
  const { companyId } = transaction;
  const rows = await transaction.arrays<[phrase: string, count: string]>(
    'bench.phrases',
    sql`SELECT phrase, counted.messages FROM (
        SELECT phrase_hash, count(*) AS messages FROM chat_messages
        WHERE company_id = ${companyId} AND author = 'CLIENT' AND phrase_hash IS NOT NULL
          AND sent_at >= ${from} AND sent_at < ${to}
        GROUP BY phrase_hash
      ) AS counted JOIN phrases ON phrases.company_id = ${companyId} AND hash = phrase_hash
      WHERE clients >= ${LIMITS.minClients} ORDER BY counted.messages DESC, phrase LIMIT ${LIMITS.first}`,
  );
  return rows.map(([phrase, count]) => [phrase, Number(count)]);
}

async function readBounds(transaction: Transaction): Promise<{ from: Sql; to: Sql }> {
  return boundsOf((await readQuestion(transaction)).period);
}

function boundsOf({ from, to }: Period) {
  return { from: sql`${timestamp(from)}::timestamptz`, to: sql`${timestamp(to)}::timestamptz` };
}

function countsOf(entries: readonly (readonly (string | number)[])[]): Counts {
  return Object.fromEntries(entries.filter(([, count]) => count !== 0));
}
