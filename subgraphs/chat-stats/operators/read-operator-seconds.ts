import { identifier, sql, timestamp } from '#platform/database';
import { rowsMeeting, type Stretches } from './meeting.ts';
import { OperatorGrid } from './operator-grid.ts';
import { isCounted, type OperatorPopulation, openUntil } from './operator-population.ts';

export const STATES: Stretches = { table: identifier('operator_states'), start: sql`at`, end: sql`until` };

/** How long operators were online and paused, in milliseconds. */
export interface OperatorTimes {
  readonly online: OperatorGrid;
  readonly paused: OperatorGrid;
}

/**
 * Time in a state, split at the edges of the buckets; what lasts counts up to the last commit.
 * @param boundaries of the buckets, one more than there are
 */
export async function readOperatorTimes(
  population: OperatorPopulation,
  boundaries: readonly number[],
): Promise<OperatorTimes> {
  const { transaction, period } = population;
  const [from, to] = [period.from, openUntil(population)];
  const size = boundaries.length - 1;
  const times = { online: new OperatorGrid(size), paused: new OperatorGrid(size) };
  if (from >= to) return times;
  const states = rowsMeeting(
    STATES,
    transaction.companyId,
    [from, to],
    sql`${isCounted(population)} AND state <> 'OFFLINE'`,
  );
  const buckets = sql`${boundaries.map(timestamp)}::timestamptz[]`;
  const rows = await transaction.arrays<[operator: string, state: string, bucket: number, ms: string]>(
    'operators.times',
    sql`SELECT operator_id, state, bucket,
        sum(extract(epoch FROM least(ends, (${buckets})[bucket + 1]) - greatest(begins, (${buckets})[bucket])) * 1000)::bigint
      FROM (
        SELECT operator_id, state, greatest(at, ${timestamp(from)}) AS begins, least(until, ${timestamp(to)}) AS ends FROM ${states}
      ) AS clipped
      CROSS JOIN LATERAL generate_series(
        width_bucket(begins, ${buckets}), width_bucket(ends - interval '1 millisecond', ${buckets})
      ) AS bucket
      GROUP BY 1, 2, 3`,
  );
  for (const [operator, state, bucket, ms] of rows) {
    times[state === 'ONLINE' ? 'online' : 'paused'].add(operator, bucket - 1, Number(ms));
  }
  return times;
}

/** Whole seconds of milliseconds by bucket, such that they add up to the whole's, rounded half-up. */
export function toSeconds(milliseconds: readonly number[]): number[] {
  let [elapsed, told] = [0, 0];
  return milliseconds.map((ms) => {
    elapsed += ms;
    const seconds = Math.floor((elapsed + 500) / 1000) - told;
    told += seconds;
    return seconds;
  });
}
