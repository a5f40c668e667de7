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

/** Asks for the peaks of trunks by day as a resolver does, but for the names of trunks. */
export async function askPeaks(transaction: Transaction) {
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
  const trunks = [];
  for (const line of lines) trunks.push({ id: (await line.trunk()).id, peaks: await line.peakSeries() });
  return { buckets, trunks };
}

export function peaksAnswer({ buckets, trunks }: Awaited<ReturnType<typeof askPeaks>>): Peaks {
  const starts = buckets.map(({ start }) => Date.parse(start));
  const cells = trunks.flatMap(({ id, peaks }) => peaks.map((peak, day) => [`${starts[day]} ${id}`, peak] as const));
  return Object.fromEntries(cells.filter(([, peak]) => peak > 0));
}

type PeakRow = [trunk: string, day: number, peak: string];

/** The same from the legs: counted by second, and the greatest count of each day of the zone. */
export async function askPeaksOfRows(transaction: Transaction): Promise<PeakRow[]> {
  const { timeZone } = await readCompany(transaction);
  const { from, to } = resolvePeriod(YEAR, { timeZone, moment: BENCH_NOW });
  return transaction.arrays<PeakRow>(
    'bench.peaks',
    sql`SELECT trunk_id, date_trunc('day', second, ${timeZone}), max(calls) FROM (
        SELECT trunk_id, date_trunc('second', started_at) AS second, count(*) AS calls FROM call_legs
        WHERE company_id = ${transaction.companyId} AND trunk_id IS NOT NULL
          AND started_at >= ${timestamp(from)} AND started_at < ${timestamp(to)}
        GROUP BY 1, 2
      ) AS seconds GROUP BY 1, 2`,
  );
}

export function peaksOfRowsAnswer(rows: readonly PeakRow[]): Peaks {
  return Object.fromEntries(rows.map(([trunk, day, peak]) => [`${day} ${trunk}`, Number(peak)]));
}
