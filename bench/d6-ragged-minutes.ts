import { yearCompany } from './data/companies.ts';
import { askEngine, askRows, engineAnswer, rowsAnswer, type YearQuestion } from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';

const ALIGNED = { from: Date.parse('2025-06-04T00:00:00+03:00'), to: Date.parse('2026-02-20T00:00:00+03:00') };
const RAGGED = { from: Date.parse('2025-06-03T10:07:00+03:00'), to: Date.parse('2026-02-20T17:43:00+03:00') };

/** A period that begins and ends at odd minutes takes its ends from finer levels and from rows. */
export const D6: Benchmark = {
  name: 'D6',
  shows: 'what odd minutes at both ends of a period cost',
  async run({ world, sizes: { large, rounds } }) {
    const company = await yearCompany(world, large);
    const of = (range: { from: number; to: number }): YearQuestion => ({
      company,
      period: { range },
      timeZone: company.timeZone,
    });
    const [ragged, aligned] = [of(RAGGED), of(ALIGNED)];
    const times = await world.withDatabase(1, async (database) => {
      const engine = engineAnswer(await askEngine(database, ragged));
      expectEqual('D6', engine, rowsAnswer(await askRows(database, ragged), ragged));
      return timeRounds(2 * rounds, {
        ragged: () => askEngine(database, ragged),
        aligned: () => askEngine(database, aligned),
      });
    });
    return [
      compareTimes({
        name: 'D6',
        what: 'ragged minutes at both ends',
        against: 'whole days',
        thisMs: times.ragged,
        otherMs: times.aligned,
        target: { most: 2 },
      }),
    ];
  },
};
