import { identifier, RowTable } from '#platform/database';
import type { OperatorStateName } from './operator-state-name.ts';

/** One state of an operator, from a change to the next. Instants are epoch milliseconds. */
export interface OperatorStateRow {
  id: string;
  operatorId: string;
  state: OperatorStateName;
  at: number;
  /** When the next state begins; null while it lasts. Follows from the other rows of the operator. */
  until: number | null;
}

export const OPERATOR_STATE_TABLE = new RowTable<OperatorStateRow>('operator_states', {
  id: { name: 'id', type: 'text' },
  operatorId: { name: 'operator_id', type: 'text' },
  state: { name: 'state', type: 'text', databaseType: identifier('operator_state') },
  at: { name: 'at', type: 'timestamptz' },
  until: { name: 'until', type: 'timestamptz' },
});
