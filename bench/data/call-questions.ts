import { readCompany } from '#platform/companies';
import { sql, type Transaction, timestamp } from '#platform/database';
import { resolvePeriod } from '#platform/time';
import { callsPerSecond } from '../../subgraphs/telephony-stats/load/call-load.ts';
import { legPopulation } from '../../subgraphs/telephony-stats/load/leg-population.ts';
import { Trunk } from '../../subgraphs/telephony-stats/trunks/trunk.type.ts';
import { BENCH_NOW } from './message-events.ts';
import { YEAR } from './year-question.ts';

/** Most calls that a trunk started in one second, by `<epoch ms of the day's begin> <trunk>`; days without calls are left out. */
export type Peaks = Readonly<Record<string, number>>;

/** Asks for the peaks of trunks by day as a resolver does, which gives their averages and their moments too. */
export async function askPeaks(transaction: Transaction): Promise<Peaks> {
  const company = await readCompany(transaction);
  const period = resolvePeriod(YEAR, { timeZone: company.timeZone, moment: BENCH_NOW });
  const { buckets, lines } = await callsPerSecond(
    {
      transaction,
      legs: legPopulation(company, period, null),
      readTrunk: async (id) => Object.assign(new Trunk(), { id }),
      maxCallHours: 24,
    },
    'DAY',
  );
  const starts = buckets.map(({ start }) => Date.parse(start));
  const peaks: [string, number][] = [];
  for (const line of lines) {
    const { id } = await line.trunk();
    const ofDays = await line.peakSeries();
    peaks.push(...ofDays.map((peak, day): [string, number] => [`${starts[day]} ${id}`, peak]));
  }
  return Object.fromEntries(peaks.filter(([, peak]) => peak > 0));
}

/** The same from the legs: counted by second, and the greatest count of each day of the zone. */
export async function askPeaksOfRows(transaction: Transaction): Promise<Peaks> {
  const { timeZone } = await readCompany(transaction);
  const { from, to } = resolvePeriod(YEAR, { timeZone, moment: BENCH_NOW });
  const rows = await transaction.arrays<[trunk: string, day: number, peak: string]>(
    'bench.peaks',
    sql`SELECT trunk_id, date_trunc('day', second, ${timeZone}), max(calls) FROM (
        SELECT trunk_id, date_trunc('second', started_at) AS second, count(*) AS calls FROM call_legs
        WHERE company_id = ${transaction.companyId} AND trunk_id IS NOT NULL
          AND started_at >= ${timestamp(from)} AND started_at < ${timestamp(to)}
        GROUP BY 1, 2
      ) AS seconds GROUP BY 1, 2`,
  );
  return Object.fromEntries(rows.map(([trunk, day, peak]) => [`${day} ${trunk}`, Number(peak)]));
}
