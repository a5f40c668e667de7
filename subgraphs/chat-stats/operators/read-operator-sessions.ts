import { identifier, sql, timestamp } from '#platform/database';
import { rowsMeeting, type Stretches } from './meeting.ts';
import { OperatorGrid } from './operator-grid.ts';
import { isCounted, type OperatorPopulation, openUntil } from './operator-population.ts';

const SESSIONS: Stretches = {
  table: identifier('operator_sessions'),
  start: sql`assigned_at`,
  end: sql`ended_at`,
};

/**
 * Different dialogues that were assigned to an operator and open at any moment of a bucket. Buckets that the assignments of one
 * dialogue meet are united first, so that each dialogue comes and goes once wherever it is assigned again.
 * @param boundaries of the buckets, one more than there are
 */
export async function readActiveDialogues(
  population: OperatorPopulation,
  boundaries: readonly number[],
): Promise<OperatorGrid> {
  const { transaction, period, dialogues } = population;
  const buckets = sql`${boundaries.map(timestamp)}::timestamptz[]`;
  const [from, to] = [period.from, openUntil(population)];
  const grid = new OperatorGrid(boundaries.length - 1);
  if (from >= to) return grid;
  const sessions = sql`${rowsMeeting(SESSIONS, transaction.companyId, [from, to], isCounted(population))}
    JOIN dialogues ON dialogues.company_id = ${transaction.companyId} AND dialogues.id = dialogue_id WHERE true${dialogues}`;
  if (boundaries.length === 2) {
    const rows = await transaction.arrays<[operator: string, dialogues: string]>(
      'operators.active_in_all',
      sql`SELECT operator_id, count(DISTINCT dialogue_id) FROM ${sessions} GROUP BY 1`,
    );
    for (const [operator, count] of rows) grid.add(operator, 0, Number(count));
    return grid;
  }
  const first = sql`width_bucket(greatest(assigned_at, ${timestamp(from)}), ${buckets})`;
  const last = sql`width_bucket(least(ended_at, ${timestamp(to)}) - interval '1 millisecond', ${buckets})`;
  const rows = await transaction.arrays<[operator: string, bucket: number, change: string]>(
    'operators.active_dialogues',
    sql`WITH stretches AS MATERIALIZED (
        SELECT operator_id, unnest(range_agg(int4range(${first}, ${last}, '[]'))) AS buckets
        FROM ${sessions} GROUP BY operator_id, dialogue_id
      )
      SELECT operator_id, bucket, sum(change) FROM (
        SELECT operator_id, lower(buckets) AS bucket, 1 AS change FROM stretches
        UNION ALL SELECT operator_id, upper(buckets), -1 FROM stretches
      ) AS changes GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  fillForward(grid, rows, boundaries.length - 1);
  return grid;
}

/** Turns comings and goings, in the order of operators and buckets, into how many there are in each bucket. */
function fillForward(
  grid: OperatorGrid,
  changes: readonly [operator: string, bucket: number, change: string][],
  buckets: number,
): void {
  let open = 0;
  changes.forEach(([operator, bucket, change], index) => {
    const [nextOperator, nextBucket = 0] = changes[index + 1] ?? [];
    open += Number(change);
    const until = nextOperator === operator ? nextBucket - 1 : buckets;
    if (open > 0) for (let at = bucket - 1; at < until; at++) grid.add(operator, at, open);
    if (nextOperator !== operator) open = 0;
  });
}

/**
 * Different dialogues with an assignment that began in a bucket and was skipped: as the sender says, or else because it has ended
 * without a message of the operator although a client wrote before its end.
 */
export async function readSkippedDialogues(
  population: OperatorPopulation,
  boundaries: readonly number[],
): Promise<OperatorGrid> {
  const { transaction, period, dialogues, asOf } = population;
  const rows = await transaction.arrays<[operator: string, bucket: number, dialogues: string]>(
    'operators.skipped_dialogues',
    sql`SELECT operator_id, width_bucket(assigned_at, ${boundaries.map(timestamp)}::timestamptz[]), count(DISTINCT dialogue_id)
      FROM operator_sessions AS session
      JOIN dialogues ON dialogues.company_id = session.company_id AND dialogues.id = session.dialogue_id
      WHERE session.company_id = ${transaction.companyId}
        AND assigned_at >= ${timestamp(period.from)} AND assigned_at < ${timestamp(period.to)}
        AND coalesce(skipped, ended_at <= ${timestamp(asOf ?? 0)} AND first_client_at < ended_at AND NOT is_answered)${isCounted(population)}${dialogues}
      GROUP BY 1, 2`,
  );
  const grid = new OperatorGrid(boundaries.length - 1);
  for (const [operator, bucket, count] of rows) grid.add(operator, bucket - 1, Number(count));
  return grid;
}
