import { type CurrentState, identityField } from '#platform/ingest';
import type { OperatorStateLine } from './operator-state.line.ts';
import { OPERATOR_STATE_TABLE, type OperatorStateRow } from './operator-state.row.ts';
import { settleStates } from './settle-states.ts';

/** How changes of operators' states become rows. A change that is known never becomes one to another state. */
export const OPERATOR_STATE_STATE: CurrentState<OperatorStateLine, OperatorStateRow> = {
  kind: 'operator-states',
  table: OPERATOR_STATE_TABLE,
  merge: (known, { id, operatorId, state, at }) => ({
    id,
    operatorId,
    state: identityField('state', known?.state, state) ?? state,
    at,
    until: known?.until ?? null,
  }),
  countsAlike: (one, other) => OPERATOR_STATE_TABLE.isSame(one, other),
  settle: (transaction, changes) => settleStates(transaction, changes),
};
