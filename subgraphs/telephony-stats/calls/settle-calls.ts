import type { Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { CALL_TABLE, type CallRow } from './call.row.ts';
import { CALL_LEG_TABLE, type CallLegRow } from './call-leg.row.ts';
import { callOfLegs } from './call-of-legs.ts';

/**
 * Makes the calls anew that changed legs belong to, and those that they belonged to before: a leg whose root is supplied later
 * leaves the call of its own id. A call without legs is gone. Runs under the company's lock.
 * @returns the calls that are others than before
 */
export async function settleCalls(
  transaction: Transaction,
  changes: readonly RowChange<CallLegRow>[],
): Promise<RowChange<CallRow>[]> {
  const ids = [...new Set(changes.flatMap(({ before, after }) => [before, after].flatMap((leg) => leg?.callId ?? [])))];
  if (ids.length === 0) return [];
  const known = await CALL_TABLE.read(transaction, ids);
  const legs = Map.groupBy(await CALL_LEG_TABLE.readBy(transaction, 'callId', ids), ({ callId }) => callId);
  const settled = ids.flatMap((id) => {
    const own = legs.get(id);
    const [before, after] = [known.get(id), own && callOfLegs(own)];
    const isSame = before && after ? CALL_TABLE.isSame(before, after) : before === after;
    return isSame ? [] : [{ before, after }];
  });
  await CALL_TABLE.insert(
    transaction,
    settled.flatMap(({ before, after }) => (!before && after ? [after] : [])),
  );
  await CALL_TABLE.update(
    transaction,
    settled.flatMap(({ before, after }) => (before && after ? [after] : [])),
  );
  await CALL_TABLE.delete(
    transaction,
    settled.flatMap(({ before, after }) => (before && !after ? [before.id] : [])),
  );
  return settled;
}
