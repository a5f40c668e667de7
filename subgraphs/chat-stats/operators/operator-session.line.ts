import {
  type Deletion,
  type IngestKind,
  isDeleted,
  optionalBoolean,
  optionalTime,
  requiredId,
  requiredTime,
} from '#platform/ingest';

/** One event of an assignment of a dialogue to an operator, checked. Instants are epoch milliseconds. */
export interface OperatorSessionLine {
  readonly id: string;
  readonly dialogueId: string;
  readonly operatorId: string;
  readonly assignedAt: number;
  readonly releasedAt: number | undefined;
  readonly skipped: boolean | undefined;
}

/** Kind `operator-sessions`: id, dialogueId, operatorId, assignedAt; optional releasedAt, skipped. */
export const OPERATOR_SESSION_LINES: IngestKind<OperatorSessionLine | Deletion> = {
  kind: 'operator-sessions',
  key: ({ id }) => id,
  parse(json, receipt) {
    const id = requiredId(json, 'id');
    if (isDeleted(json)) return { id, deleted: true };
    return {
      id,
      dialogueId: requiredId(json, 'dialogueId'),
      operatorId: requiredId(json, 'operatorId'),
      assignedAt: requiredTime(json, 'assignedAt', receipt),
      releasedAt: optionalTime(json, 'releasedAt', receipt),
      skipped: optionalBoolean(json, 'skipped'),
    };
  },
};
