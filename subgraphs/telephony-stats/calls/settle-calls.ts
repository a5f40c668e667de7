import type { Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { CALL_TABLE } from './call.row.ts';
import { CALL_LEG_TABLE, type CallLegRow } from './call-leg.row.ts';
import { callOfLegs } from './call-of-legs.ts';

/**
 * Makes the calls anew that changed legs belong to, and those that they belonged to before: a leg whose root is supplied later
 * leaves the call of its own id. A call without legs is gone. Runs under the company's lock.
 */
export async function settleCalls(transaction: Transaction, changes: readonly RowChange<CallLegRow>[]): Promise<void> {
  const ids = [...new Set(changes.flatMap(({ before, after }) => [before, after].flatMap((leg) => leg?.callId ?? [])))];
  if (ids.length === 0) return;
  const known = await CALL_TABLE.read(transaction, ids);
  const legs = Map.groupBy(await CALL_LEG_TABLE.readBy(transaction, 'callId', ids), ({ callId }) => callId);
  const calls = [...legs.values()].map(callOfLegs);
  const changed = calls.filter((call) => {
    const before = known.get(call.id);
    return before && !CALL_TABLE.isSame(before, call);
  });
  await CALL_TABLE.insert(
    transaction,
    calls.filter(({ id }) => !known.has(id)),
  );
  await CALL_TABLE.update(transaction, changed);
  await CALL_TABLE.delete(
    transaction,
    [...known.keys()].filter((id) => !legs.has(id)),
  );
}
