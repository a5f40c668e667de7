import { type Column, RowTable } from '#platform/database';

/** What events say of one assignment; what follows from its dialogue stands beside it. Instants are epoch milliseconds. */
export interface OperatorSessionRow {
  id: string;
  dialogueId: string;
  operatorId: string;
  assignedAt: number;
  releasedAt: number | null;
  /** As it was sent; null where it is to be derived. */
  skipped: boolean | null;
}

const time = (name: string): Column => ({ name, type: 'timestamptz' });
const text = (name: string): Column => ({ name, type: 'text' });

export const OPERATOR_SESSION_TABLE = new RowTable<OperatorSessionRow>('operator_sessions', {
  id: text('id'),
  dialogueId: text('dialogue_id'),
  operatorId: text('operator_id'),
  assignedAt: time('assigned_at'),
  releasedAt: time('released_at'),
  skipped: { name: 'skipped', type: 'boolean' },
});
