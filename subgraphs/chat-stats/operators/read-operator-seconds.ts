import { identifier, type Sql, sql, timestamp } from '#platform/database';
import { type DividedPeriod, dividePeriod, type Stretch } from '../days/whole-days.ts';
import { rowsMeeting, type Stretches } from './meeting.ts';
import { OperatorGrid } from './operator-grid.ts';
import { isCounted, type OperatorPopulation, openUntil } from './operator-population.ts';

export const STATES: Stretches = { table: identifier('operator_states'), start: sql`at`, end: sql`until` };

/** How long operators were online and paused, in milliseconds. */
export interface OperatorTimes {
  readonly online: OperatorGrid;
  readonly paused: OperatorGrid;
}

type Row = [operator: string, state: string, bucket: number, ms: string];

/**
 * Time in a state, split at the edges of the buckets; what lasts counts up to the last commit. Whole days are read from the sums that
 * are kept of them, but for states that last or lasted long.
 * @param boundaries of the buckets, one more than there are
 */
export async function readOperatorTimes(
  population: OperatorPopulation,
  boundaries: readonly number[],
): Promise<OperatorTimes> {
  const { transaction, period } = population;
  const size = boundaries.length - 1;
  const times = { online: new OperatorGrid(size), paused: new OperatorGrid(size) };
  const whole: Stretch = [period.from, openUntil(population)];
  if (whole[0] >= whole[1]) return times;
  const add = (rows: readonly Row[], firstBucket: number) => {
    for (const [operator, state, bucket, ms] of rows) {
      times[state === 'ONLINE' ? 'online' : 'paused'].add(operator, bucket - 1 + firstBucket, Number(ms));
    }
  };
  const parts = await dividePeriod(transaction, whole, boundaries);
  if (parts.days) {
    const { from, to } = parts.days;
    add(await transaction.arrays('operators.time_days', daysOf(population, parts)), parts.firstBucket);
    const long = statesOf(population, [from, to], boundaries, sql` AND (until IS NULL OR until - at > '7 days')`);
    add(await transaction.arrays('operators.long_times', long), 0);
  }
  for (const stretch of parts.rest) {
    add(await transaction.arrays('operators.times', statesOf(population, stretch, boundaries, sql``)), 0);
  }
  return times;
}

function daysOf(population: OperatorPopulation, { days, firstDays }: DividedPeriod): Sql {
  return sql`SELECT operator_id, state, width_bucket(day, ${firstDays}::date[]), sum(ms) FROM operator_state_days
    WHERE company_id = ${population.transaction.companyId} AND day >= ${days?.first}::date AND day < ${days?.end}::date${isCounted(population)}
    GROUP BY 1, 2, 3`;
}

/** @param narrowing begins with AND */
function statesOf(
  population: OperatorPopulation,
  stretch: Stretch,
  boundaries: readonly number[],
  narrowing: Sql,
): Sql {
  const [from, to] = stretch.map(timestamp);
  const isMeant = sql`${isCounted(population)} AND state <> 'OFFLINE'${narrowing}`;
  const buckets = sql`${boundaries.map(timestamp)}::timestamptz[]`;
  return sql`SELECT operator_id, state, bucket,
      sum(extract(epoch FROM least(ends, (${buckets})[bucket + 1]) - greatest(begins, (${buckets})[bucket])) * 1000)::bigint
    FROM (
      SELECT operator_id, state, greatest(at, ${from}) AS begins, least(until, ${to}) AS ends
      FROM ${rowsMeeting(STATES, population.transaction.companyId, stretch, isMeant)}
    ) AS clipped
    CROSS JOIN LATERAL generate_series(
      width_bucket(begins, ${buckets}), width_bucket(ends - interval '1 millisecond', ${buckets})
    ) AS bucket
    GROUP BY 1, 2, 3`;
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
