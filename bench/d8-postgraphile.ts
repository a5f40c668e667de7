import { utcCompany } from './data/companies.ts';
import { askEngine, engineAnswer, wholeYear, type YearAnswer } from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';
import { withPostGraphile } from './peers/postgraphile.ts';

const QUERY = `query Year($company: BigInt!) {
  allMessages(condition: { companyId: $company }) {
    groupedAggregates(groupBy: [CREATED_AT_TRUNCATED_TO_DAY, STATUS]) { keys count { rowId } }
  }
}`;

/** All messages of the company, which are those of the year. */
interface Answer {
  allMessages: { groupedAggregates: { keys: [day: string, status: string]; count: { rowId: string } }[] };
}

/** The year by day and status against a GraphQL server that makes SQL of the question. It knows days of UTC only, so the company lives there. */
export const D8: Benchmark = {
  name: 'D8',
  shows: 'how levels compare with a GraphQL server over the tables',
  async run({ world, sizes: { peer, rounds } }) {
    const company = await utcCompany(world, peer);
    const question = wholeYear(company);
    const times = await withPostGraphile(world, (ask) =>
      world.withDatabase(1, async (database) => {
        const askPeer = () => ask(QUERY, { company: company.id });
        const engine = engineAnswer(await askEngine(database, question));
        expectEqual('D8', engine, peerAnswer((await askPeer()) as unknown as Answer));
        return timeRounds(rounds, { engine: () => askEngine(database, question), peer: askPeer });
      }),
    );
    return [
      compareTimes({
        name: 'D8',
        what: `D4, ${peer.toLocaleString('en-US')} messages, a company in UTC`,
        against: 'PostGraphile with pg-aggregates',
        thisMs: times.engine,
        otherMs: times.peer,
        target: { least: 20 },
      }),
    ];
  },
};

function peerAnswer({ allMessages }: Answer): YearAnswer {
  return Object.fromEntries(
    allMessages.groupedAggregates.map(({ keys: [day, status], count }) => [
      `${Date.parse(day)} ${status}`,
      Number(count.rowId),
    ]),
  );
}
