import type { Transaction } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import { chatStats } from '../subgraphs/chat-stats/subgraph.ts';
import { telephonyStats } from '../subgraphs/telephony-stats/subgraph.ts';
import { callCompany } from './data/call-company.ts';
import { askPeaks, askPeaksOfRows, peaksAnswer, peaksOfRowsAnswer } from './data/call-questions.ts';
import { chatCompany } from './data/chat-company.ts';
import {
  askDialogues,
  askDialoguesOfRows,
  askPhrases,
  askPhrasesOfRows,
  askTimes,
  askTimesOfRows,
  dialoguesAnswer,
  dialoguesOfRowsAnswer,
  phrasesAnswer,
  phrasesOfRowsAnswer,
  timesAnswer,
  timesOfRowsAnswer,
} from './data/chat-questions.ts';
import type { Benchmark, Finding } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';
import type { BenchCompany, World } from './world.ts';

/** A way to answer a question: what is timed, and the same brought into a form that can be compared. */
interface Side {
  ask(transaction: Transaction): Promise<unknown>;
  answer(transaction: Transaction): Promise<unknown>;
}

/** A question to what the service keeps and to the rows. */
interface Question {
  readonly what: string;
  readonly against: string;
  readonly kept: Side;
  readonly rows: Side;
  readonly least: number;
}

/**
 * Questions of a year, no filter, in the company's zone, to the functions that resolvers call, against the SQL over the rows that one
 * would write for nothing but what is compared. It is spared:
 * - of peaks, their moments, the averages of days, and the order of trunks;
 * - of operators, how many messages they wrote; the service finds it out with the dialogues;
 * - of phrases, the share of all phrases that each has;
 * - of messages, the look for their dialogue, without which none counts: here all have one.
 * A breakdown of operators asks both questions about them whichever is selected, as lines stand in the order of messages.
 */
export const D10: Benchmark = {
  name: 'D10',
  shows: 'how much faster peaks, operators and phrases of a year are than the same counted from the rows',
  async run({ world, sizes }) {
    const chats = await chatCompany(world, sizes);
    const calls = await callCompany(world, sizes.calls);
    const findings: Finding[] = [];
    const measure = async (subgraph: Subgraph, company: BenchCompany, questions: readonly Question[]) => {
      for (const question of questions) findings.push(await compare(world, subgraph, company, question, sizes.rounds));
    };
    await measure(telephonyStats, calls, [peaks(sizes.calls)]);
    await measure(chatStats, chats, chatQuestions(sizes.chatMessages, sizes.operatorStates));
    return findings;
  },
};

function peaks(calls: number): Question {
  return {
    what: `peaks of calls a second by trunk and day of a year, ${shown(calls)} calls`,
    against: 'seconds counted from legs',
    kept: side(askPeaks, peaksAnswer),
    rows: side(askPeaksOfRows, peaksOfRowsAnswer),
    least: 50,
  };
}

function chatQuestions(messages: number, states: number): Question[] {
  return [
    {
      what: `seconds by operator and state over a year, about ${shown(states)} states`,
      against: 'sum over states',
      kept: side(askTimes, timesAnswer),
      rows: side(askTimesOfRows, timesOfRowsAnswer),
      least: 5,
    },
    {
      what: `different dialogues by operator over a year, ${shown(messages)} messages`,
      against: 'DISTINCT over messages',
      kept: side(askDialogues, dialoguesAnswer),
      rows: side(askDialoguesOfRows, dialoguesOfRowsAnswer),
      least: 5,
    },
    {
      what: `100 most frequent phrases of clients over a year, ${shown(messages)} messages`,
      against: 'GROUP BY over messages',
      kept: side(askPhrases, phrasesAnswer),
      rows: side(askPhrasesOfRows, phrasesOfRowsAnswer),
      least: 15,
    },
  ];
}

const shown = (count: number) => count.toLocaleString('en-US');

function side<Read>(ask: (transaction: Transaction) => Promise<Read>, toAnswer: (read: Read) => unknown): Side {
  return { ask, answer: async (transaction) => toAnswer(await ask(transaction)) };
}

function compare(
  world: World,
  subgraph: Subgraph,
  { id }: BenchCompany,
  { what, against, kept, rows, least }: Question,
  rounds: number,
): Promise<Finding> {
  return world.withDatabase(
    1,
    async (database) => {
      expectEqual(`D10, ${what}`, await database.read(id, kept.answer), await database.read(id, rows.answer));
      const times = await timeRounds(rounds, {
        kept: () => database.read(id, kept.ask),
        rows: () => database.read(id, rows.ask),
      });
      return compareTimes({ name: 'D10', what, against, thisMs: times.kept, otherMs: times.rows, target: { least } });
    },
    subgraph,
  );
}
