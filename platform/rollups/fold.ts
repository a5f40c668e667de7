import { join, sql, type Transaction } from '#platform/database';
import { deltasByAxis, type LeveledFact, levelColumn, levelDimensions, levelTable } from '#platform/statistics';
import { localDayStarts } from '#platform/time';
import { spread } from './spread.ts';

/** About how many deltas one transaction moves at most: enough to be cheap, few enough to end soon. */
const MOST_DELTAS = 50_000;

/**
 * Moves deltas of the transaction's company into its levels, whole batches at a time. Gives whether some are left. Who calls it
 * holds the company's rollup lock; what ingest writes meanwhile stays for the next time.
 */
export async function fold(transaction: Transaction, fact: LeveledFact, timeZone: string): Promise<boolean> {
  const { companyId } = transaction;
  const waiting = await transaction.arrays<[string, string, number, number]>(
    `${fact.name}.batches`,
    sql`SELECT batch, count(*), min(bucket), max(bucket) FROM ${levelTable(fact, 'delta')}
      WHERE company_id = ${companyId} GROUP BY batch ORDER BY batch`,
  );
  if (waiting.length === 0) return false;
  let deltas = 0;
  const batches = waiting.filter(([, count]) => {
    const isTaken = deltas === 0 || deltas + Number(count) <= MOST_DELTAS;
    if (isTaken) deltas += Number(count);
    return isTaken;
  });
  const first = Math.min(...batches.map((batch) => batch[2]));
  const last = Math.max(...batches.map((batch) => batch[3]));
  const columns = ['bucket', ...levelDimensions(fact), ...Object.keys(fact.sums)].map(levelColumn);
  const moved = sql`moved AS (DELETE FROM ${levelTable(fact, 'delta')} WHERE company_id = ${companyId}
    AND batch = ANY(${batches.map(([batch]) => batch)}::uuid[]) RETURNING axis, ${join(columns)})`;
  const source = sql`${moved}, source AS (${deltasByAxis(fact, sql`moved`, columns)})`;
  await spread(transaction, fact, source, localDayStarts(first, last, timeZone));
  return batches.length < waiting.length;
}
