import { smallCompany, yearCompany } from './data/companies.ts';
import { askEngine, askRows, engineAnswer, rowsAnswer, wholeYear } from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';

/** A company that is too small for levels is counted from its rows; that has to be bearable. */
export const D9: Benchmark = {
  name: 'D9',
  shows: 'that a small company needs no levels',
  async run({ world, sizes: { large, small, rounds } }) {
    const questions = {
      small: wholeYear(await smallCompany(world, small)),
      large: wholeYear(await yearCompany(world, large)),
    };
    const times = await world.withDatabase(1, async (database) => {
      const engine = engineAnswer(await askEngine(database, questions.small));
      expectEqual('D9', engine, rowsAnswer(await askRows(database, questions.small), questions.small));
      return timeRounds(2 * rounds, {
        small: () => askEngine(database, questions.small),
        large: () => askEngine(database, questions.large),
      });
    });
    return [
      compareTimes({
        name: 'D9',
        what: `D4's question, ${small.toLocaleString('en-US')} messages without levels`,
        against: "D4's answer",
        thisMs: times.small,
        otherMs: times.large,
        target: { most: 5 },
      }),
    ];
  },
};
