import { sql, type Transaction, timestamp, timestampOrNull } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { keepDays } from '../days/kept-days.ts';
import { changeStateDays } from '../days/state-days.ts';
import type { OperatorStateRow } from './operator-state.row.ts';
import type { OperatorStateName } from './operator-state-name.ts';

/** A state whose end is another one than its row says. */
interface Unsettled {
  id: string;
  operator_id: string;
  state: OperatorStateName;
  at: number;
  until: number | null;
  next_at: number | null;
}

/** Makes every state end where the operator's next one begins, around changes that came or went, and keeps the time by day. */
export async function settleStates(
  transaction: Transaction,
  changes: readonly RowChange<OperatorStateRow>[],
): Promise<void> {
  const touched = changes.flatMap(({ before, after }) => after ?? before ?? []);
  const unsettled = await readUnsettled(transaction, touched);
  await writeEnds(transaction, unsettled);
  const gone = changes.flatMap(({ before, after }) => (before && !after ? [before] : []));
  const before = [...gone, ...unsettled.map((row) => ({ ...row, operatorId: row.operator_id }))];
  const after = unsettled.map((row) => ({ ...row, operatorId: row.operator_id, until: row.next_at }));
  await keepDays(transaction, (days) => changeStateDays(transaction, days, { before, after }));
}

async function writeEnds(transaction: Transaction, unsettled: readonly Unsettled[]): Promise<void> {
  if (unsettled.length === 0) return;
  await transaction.execute(
    'operator_states.settle',
    sql`UPDATE operator_states AS state SET until = settled.until
      FROM unnest(${unsettled.map(({ id }) => id)}::text[], ${unsettled.map(({ next_at }) => timestampOrNull(next_at))}::timestamptz[])
        AS settled(id, until)
      WHERE state.company_id = ${transaction.companyId} AND state.id = settled.id`,
  );
}

/** Of the states at these moments and the ones before them: those with a wrong end. */
function readUnsettled(transaction: Transaction, touched: readonly OperatorStateRow[]): Promise<Unsettled[]> {
  const { companyId } = transaction;
  return transaction.query<Unsettled>(
    'operator_states.unsettled',
    sql`SELECT id, operator_id, state, at, until, next_at FROM (
        SELECT DISTINCT near.*, (
          SELECT min(later.at) FROM operator_states AS later
          WHERE later.company_id = ${companyId} AND later.operator_id = near.operator_id AND later.at > near.at
        ) AS next_at
        FROM unnest(${touched.map(({ operatorId }) => operatorId)}::text[], ${touched.map(({ at }) => timestamp(at))}::timestamptz[])
          AS touched(operator_id, at)
        CROSS JOIN LATERAL (
          SELECT state.id, state.operator_id, state.state, state.at, state.until FROM operator_states AS state
          WHERE state.company_id = ${companyId} AND state.operator_id = touched.operator_id AND state.at <= touched.at
          ORDER BY state.at DESC LIMIT 2
        ) AS near
      ) AS settled
      WHERE until IS DISTINCT FROM next_at ORDER BY id`,
  );
}
