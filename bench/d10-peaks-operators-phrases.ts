import type { Database, Transaction } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import { chatStats } from '../subgraphs/chat-stats/subgraph.ts';
import { telephonyStats } from '../subgraphs/telephony-stats/subgraph.ts';
import { callCompany } from './data/call-company.ts';
import { askPeaks, askPeaksOfRows } from './data/call-questions.ts';
import { chatCompany } from './data/chat-company.ts';
import {
  askDialogues,
  askDialoguesOfRows,
  askPhrases,
  askPhrasesOfRows,
  askSeconds,
  askSecondsOfRows,
} from './data/chat-questions.ts';
import type { Benchmark, Finding } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';
import type { BenchCompany, World } from './world.ts';

type Ask = (transaction: Transaction) => Promise<unknown>;

/** A question, answered from what is kept and from the rows. */
interface Question {
  readonly subgraph: Subgraph;
  readonly company: BenchCompany;
  readonly what: string;
  readonly against: string;
  readonly kept: Ask;
  readonly rows: Ask;
  readonly least: number;
}

/**
 * Questions whose answers are no sums of messages, each over a year, as resolvers ask them, against plain SQL over the rows. The SQL is
 * spared what else an answer of the service holds (averages and moments of peaks, the order of operators and who is left out, shares of
 * phrases), and whether a message's dialogue has arrived, without which it does not count: all have.
 */
export const D10: Benchmark = {
  name: 'D10',
  shows: 'how much faster peaks, operators and phrases of a year are than the same counted from the rows',
  async run({ world, sizes }) {
    const { calls, chatMessages, operatorStates, rounds } = sizes;
    const shown = (count: number) => count.toLocaleString('en-US');
    const chats = { subgraph: chatStats, company: await chatCompany(world, sizes) };
    const questions: Question[] = [
      {
        subgraph: telephonyStats,
        company: await callCompany(world, calls),
        what: `peaks of calls a second by trunk and day, ${shown(calls)} calls`,
        against: 'seconds counted from legs',
        kept: askPeaks,
        rows: askPeaksOfRows,
        least: 50,
      },
      {
        ...chats,
        what: `seconds by operator and state, about ${shown(operatorStates)} states`,
        against: 'sum over states',
        kept: askSeconds,
        rows: askSecondsOfRows,
        least: 5,
      },
      {
        ...chats,
        what: `different dialogues by operator, ${shown(chatMessages)} messages`,
        against: 'distinct over messages',
        kept: askDialogues,
        rows: askDialoguesOfRows,
        least: 5,
      },
      {
        ...chats,
        what: `top 100 phrases of clients, ${shown(chatMessages)} messages`,
        against: 'GROUP BY over messages',
        kept: askPhrases,
        rows: askPhrasesOfRows,
        least: 15,
      },
    ];
    const findings: Finding[] = [];
    for (const question of questions) findings.push(await measure(world, question, rounds));
    return findings;
  },
};

async function measure(world: World, question: Question, rounds: number): Promise<Finding> {
  const { subgraph, company, what, against, kept, rows, least } = question;
  const times = await world.withDatabase(
    1,
    async (database: Database) => {
      const ask = (from: Ask) => database.read(company.id, from);
      expectEqual(`D10, ${what}`, await ask(kept), await ask(rows));
      return timeRounds(rounds, { kept: () => ask(kept), rows: () => ask(rows) });
    },
    subgraph,
  );
  return compareTimes({ name: 'D10', what, against, thisMs: times.kept, otherMs: times.rows, target: { least } });
}
