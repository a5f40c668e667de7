import { readCompany } from '#platform/companies';
import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { resolvePeriod } from '#platform/time';
import { type ChatQuestion, chatMessagePopulation } from '../../subgraphs/chat-stats/dialogues/chat-population.ts';
import { readOperatorPopulation } from '../../subgraphs/chat-stats/operators/operator-population.ts';
import {
  type OperatorMessages,
  readOperatorMessages,
} from '../../subgraphs/chat-stats/operators/read-operator-messages.ts';
import {
  type OperatorTimes,
  readOperatorTimes,
  toSeconds,
} from '../../subgraphs/chat-stats/operators/read-operator-seconds.ts';
import { type PhraseCount, readPopularPhrases } from '../../subgraphs/chat-stats/phrases/read-popular-phrases.ts';
import { BENCH_NOW } from './message-events.ts';
import { YEAR } from './year-question.ts';

/** Numbers by what they are counted of. */
type Counts = Readonly<Record<string, number>>;

const LIMITS = { minClients: 3, first: 100 };

async function readQuestion(transaction: Transaction): Promise<ChatQuestion> {
  const company = await readCompany(transaction);
  const period = resolvePeriod(YEAR, { timeZone: company.timeZone, moment: BENCH_NOW });
  return { transaction, company, period, filter: {} };
}

/** The ends of the year as parameters. */
async function readBounds(transaction: Transaction): Promise<{ from: Sql; to: Sql }> {
  const { period } = await readQuestion(transaction);
  return { from: sql`${timestamp(period.from)}::timestamptz`, to: sql`${timestamp(period.to)}::timestamptz` };
}

/** Time online and paused by operator, as a breakdown of operators reads it. */
export async function askTimes(transaction: Transaction): Promise<OperatorTimes> {
  const { period, ...population } = await readOperatorPopulation(await readQuestion(transaction));
  return readOperatorTimes({ period, ...population }, [period.from, period.to]);
}

/** Seconds by operator and state. */
export function timesAnswer({ online, paused }: OperatorTimes): Counts {
  const seconds = Object.entries({ ONLINE: online, PAUSED: paused }).flatMap(([state, grid]) =>
    [...grid.operatorIds()].map((id) => [`${id} ${state}`, toSeconds(grid.of(id))[0] ?? 0] as const),
  );
  return Object.fromEntries(seconds);
}

type SecondsRow = [operator: string, state: string, seconds: string];

/** The same from the states, each cut to the year. */
export async function askTimesOfRows(transaction: Transaction): Promise<SecondsRow[]> {
  const { from, to } = await readBounds(transaction);
  return transaction.arrays<SecondsRow>(
    'bench.operator_seconds',
    sql`SELECT operator_id, state, round(extract(epoch FROM sum(least(until, ${to}) - greatest(at, ${from}))))
      FROM operator_states
      WHERE company_id = ${transaction.companyId} AND state <> 'OFFLINE' AND at < ${to} AND (until > ${from} OR until IS NULL)
      GROUP BY operator_id, state`,
  );
}

export function timesOfRowsAnswer(rows: readonly SecondsRow[]): Counts {
  return Object.fromEntries(rows.map(([operator, state, seconds]) => [`${operator} ${state}`, Number(seconds)]));
}

/** Messages by operator, and in how many different dialogues they were written, as a breakdown of operators reads them. */
export async function askDialogues(transaction: Transaction): Promise<OperatorMessages> {
  const { period, ...population } = await readOperatorPopulation(await readQuestion(transaction));
  return readOperatorMessages({ period, ...population }, [period.from, period.to]);
}

/** Different dialogues by operator. */
export function dialoguesAnswer({ dialoguesWithMessages }: OperatorMessages): Counts {
  const ids = [...dialoguesWithMessages.operatorIds()];
  return Object.fromEntries(ids.map((id) => [id, dialoguesWithMessages.of(id)[0] ?? 0]));
}

type DialoguesRow = [operator: string, dialogues: string];

/** The same from the messages; grouped twice, which takes less time than count(DISTINCT). */
export async function askDialoguesOfRows(transaction: Transaction): Promise<DialoguesRow[]> {
  const { from, to } = await readBounds(transaction);
  return transaction.arrays<DialoguesRow>(
    'bench.operator_dialogues',
    sql`SELECT operator_id, count(*) FROM (
        SELECT DISTINCT operator_id, dialogue_id FROM chat_messages
        WHERE company_id = ${transaction.companyId} AND author = 'OPERATOR' AND sent_at >= ${from} AND sent_at < ${to}
      ) AS talks GROUP BY operator_id`,
  );
}

export function dialoguesOfRowsAnswer(rows: readonly DialoguesRow[]): Counts {
  return Object.fromEntries(rows.map(([operator, dialogues]) => [operator, Number(dialogues)]));
}

/** The most frequent phrases of clients, in order. */
export async function askPhrases(transaction: Transaction): Promise<PhraseCount[]> {
  const population = chatMessagePopulation(await readQuestion(transaction), ['CLIENT']);
  return readPopularPhrases(transaction, population, LIMITS);
}

export function phrasesAnswer(phrases: readonly PhraseCount[]): unknown[] {
  return phrases.map(({ phrase, count }) => [phrase, count]);
}

type PhraseRow = [phrase: string, count: string];

/** The same from the messages. */
export async function askPhrasesOfRows(transaction: Transaction): Promise<PhraseRow[]> {
  const { from, to } = await readBounds(transaction);
  const { companyId } = transaction;
  return transaction.arrays<PhraseRow>(
    'bench.phrases',
    sql`SELECT phrase, counted.messages FROM (
        SELECT phrase_hash, count(*) AS messages FROM chat_messages
        WHERE company_id = ${companyId} AND author = 'CLIENT' AND phrase_hash IS NOT NULL
          AND sent_at >= ${from} AND sent_at < ${to}
        GROUP BY phrase_hash
      ) AS counted JOIN phrases ON phrases.company_id = ${companyId} AND hash = phrase_hash
      WHERE clients >= ${LIMITS.minClients} ORDER BY counted.messages DESC, phrase LIMIT ${LIMITS.first}`,
  );
}

export function phrasesOfRowsAnswer(rows: readonly PhraseRow[]): unknown[] {
  return rows.map(([phrase, count]) => [phrase, Number(count)]);
}
