import { type Deletion, type IngestKind, isDeleted, requiredEnum, requiredId, requiredTime } from '#platform/ingest';
import { OPERATOR_STATE_NAMES, type OperatorStateName } from './operator-state-name.ts';

/** One change of an operator's state, checked. `at` is in epoch milliseconds and, with the operator, what identifies it. */
export interface OperatorStateLine {
  readonly id: string;
  readonly operatorId: string;
  readonly state: OperatorStateName;
  readonly at: number;
}

/** Kind `operator-states`: operatorId, state, at. */
export const OPERATOR_STATE_LINES: IngestKind<OperatorStateLine | Deletion> = {
  kind: 'operator-states',
  key: ({ id }) => id,
  parse(json, receipt) {
    const operatorId = requiredId(json, 'operatorId');
    const at = requiredTime(json, 'at', receipt);
    const id = `${at}:${operatorId}`;
    if (isDeleted(json)) return { id, deleted: true };
    return { id, operatorId, state: requiredEnum(json, 'state', OPERATOR_STATE_NAMES), at };
  },
};
