import { yearCompany } from './data/companies.ts';
import { askEngine, askRows, engineAnswer, rowsAnswer, wholeYear } from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';

/** Zones of a question, with what is wanted of each. */
const ZONES = [
  { timeZone: 'Europe/Moscow', title: 'own zone', least: 100 },
  { timeZone: 'America/New_York', title: 'another whole-hour zone', least: 15 },
  { timeZone: 'Asia/Kathmandu', title: 'a zone at :45', least: 6 },
];

/** The year by day and status from levels, against the GROUP BY over the rows that one would write in SQL. */
export const D4: Benchmark = {
  name: 'D4',
  shows: 'how much faster a year by day and status is than the same counted from the rows',
  async run({ world, sizes: { large, rounds } }) {
    const company = await yearCompany(world, large);
    const findings = [];
    for (const { timeZone, title, least } of ZONES) {
      const question = wholeYear(company, timeZone);
      const times = await world.withDatabase(1, async (database) => {
        const engine = engineAnswer(await askEngine(database, question));
        expectEqual(`D4 ${title}`, engine, rowsAnswer(await askRows(database, question), question));
        return timeRounds(rounds, {
          engine: () => askEngine(database, question),
          rows: () => askRows(database, question),
        });
      });
      findings.push(
        compareTimes({
          name: 'D4',
          what: `year by day and status, ${large.toLocaleString('en-US')} messages, ${title}`,
          against: 'date_trunc on rows',
          thisMs: times.engine,
          otherMs: times.rows,
          target: { least },
        }),
      );
    }
    return findings;
  },
};
