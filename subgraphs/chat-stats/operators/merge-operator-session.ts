import { type CurrentState, greatestOf, identityField, showInstant } from '#platform/ingest';
import { idsOfErased, idsOfUnknown } from '../dialogues/known-dialogues.ts';
import type { OperatorSessionLine } from './operator-session.line.ts';
import { OPERATOR_SESSION_TABLE, type OperatorSessionRow } from './operator-session.row.ts';
import { settleSessions } from './settle-sessions.ts';

/**
 * How events of an assignment become its current row. All but its end never changes once it is known. An assignment whose dialogue
 * is not known waits in the same table: figures join both.
 */
export const OPERATOR_SESSION_STATE: CurrentState<OperatorSessionLine, OperatorSessionRow> = {
  kind: 'operator-sessions',
  table: OPERATOR_SESSION_TABLE,
  merge: mergeOperatorSession,
  countsAlike: (one, other) => OPERATOR_SESSION_TABLE.isSame(one, other),
  readForgotten: idsOfErased,
  readWaiting: idsOfUnknown,
  async settle(transaction, changes) {
    await settleSessions(
      transaction,
      changes.flatMap(({ after }) => (after ? [after.dialogueId] : [])),
    );
  },
};

function mergeOperatorSession(known: OperatorSessionRow | undefined, line: OperatorSessionLine): OperatorSessionRow {
  return {
    id: line.id,
    dialogueId: identityField('dialogueId', known?.dialogueId, line.dialogueId) ?? line.dialogueId,
    operatorId: identityField('operatorId', known?.operatorId, line.operatorId) ?? line.operatorId,
    assignedAt: identityField('assignedAt', known?.assignedAt, line.assignedAt, showInstant) ?? line.assignedAt,
    releasedAt: greatestOf(known?.releasedAt, line.releasedAt),
    skipped: identityField('skipped', known?.skipped, line.skipped),
  };
}
