import { mediumCompany, yearCompany } from './data/companies.ts';
import { askEngine, askRows, engineAnswer, rowsAnswer, wholeYear } from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';

const ZONES = [
  { timeZone: 'Europe/Moscow', title: 'own zone', most: 1.5 },
  { timeZone: 'America/New_York', title: 'another whole-hour zone', most: 4 },
  { timeZone: 'Asia/Kathmandu', title: 'a zone at :45', most: 4 },
];

/** The same question of a company that has many times as many messages: the answer has as many points, and should cost as much. */
export const D5: Benchmark = {
  name: 'D5',
  shows: 'how little the price of an answer grows with the data',
  async run({ world, sizes: { large, medium, rounds } }) {
    const companies = { large: await yearCompany(world, large), medium: await mediumCompany(world, medium) };
    const findings = [];
    for (const { timeZone, title, most } of ZONES) {
      const questions = {
        large: wholeYear(companies.large, timeZone),
        medium: wholeYear(companies.medium, timeZone),
      };
      const times = await world.withDatabase(1, async (database) => {
        const engine = engineAnswer(await askEngine(database, questions.medium));
        expectEqual(`D5 ${title}`, engine, rowsAnswer(await askRows(database, questions.medium), questions.medium));
        return timeRounds(2 * rounds, {
          large: () => askEngine(database, questions.large),
          medium: () => askEngine(database, questions.medium),
        });
      });
      findings.push(
        compareTimes({
          name: 'D5',
          what: `D4's question, ${large.toLocaleString('en-US')} messages, ${title}`,
          against: `${medium.toLocaleString('en-US')} messages`,
          thisMs: times.large,
          otherMs: times.medium,
          target: { most },
        }),
      );
    }
    return findings;
  },
};
