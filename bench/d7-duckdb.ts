import type { DuckDBConnection } from '@duckdb/node-api';
import { offsetAt } from '#platform/time';
import { yearCompany } from './data/companies.ts';
import { BENCH_YEAR } from './data/message-events.ts';
import { askEngine, engineAnswer, wholeYear, type YearAnswer } from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';
import { withDuckDb } from './peers/duckdb.ts';

/**
 * The year by day and status against DuckDB on a columnar copy of its own. Moscow's clocks stand still, so that DuckDB may add an offset
 * and is spared the zone, which costs it several times as much.
 */
export const D7: Benchmark = {
  name: 'D7',
  shows: 'how levels compare with a columnar engine that scans',
  async run({ world, sizes: { large, rounds } }) {
    const company = await yearCompany(world, large);
    const question = wholeYear(company);
    const offsetMs = offsetAt(company.timeZone, BENCH_YEAR.from);
    const times = await withDuckDb(world, company, (duckDb) =>
      world.withDatabase(1, async (database) => {
        const engine = engineAnswer(await askEngine(database, question));
        expectEqual('D7', engine, duckDbAnswer(await askDuckDb(duckDb, offsetMs), offsetMs));
        return timeRounds(rounds, {
          engine: () => askEngine(database, question),
          duckDb: () => askDuckDb(duckDb, offsetMs),
        });
      }),
    );
    return [
      compareTimes({
        name: 'D7',
        what: `D4, ${large.toLocaleString('en-US')} messages, own zone`,
        against: 'DuckDB on a columnar copy',
        thisMs: times.engine,
        otherMs: times.duckDb,
        target: { least: 8 },
      }),
    ];
  },
};

type DuckDbRow = [days: bigint, status: string, count: bigint];

async function askDuckDb(duckDb: DuckDBConnection, offsetMs: number): Promise<DuckDbRow[]> {
  const bound = (instant: number) => `TIMESTAMP '${new Date(instant).toISOString().slice(0, -1)}'`;
  const reader = await duckDb.runAndReadAll(`
    SELECT epoch_ms(date_trunc('day', created_at + INTERVAL ${offsetMs} MILLISECONDS)) AS day, status, count(*)
    FROM messages WHERE created_at >= ${bound(BENCH_YEAR.from)} AND created_at < ${bound(BENCH_YEAR.to)}
    GROUP BY day, status`);
  return reader.getRowsJS() as unknown as DuckDbRow[];
}

function duckDbAnswer(rows: readonly DuckDbRow[], offsetMs: number): YearAnswer {
  return Object.fromEntries(rows.map(([day, status, count]) => [`${Number(day) - offsetMs} ${status}`, Number(count)]));
}
