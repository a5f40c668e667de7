import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { ChangeKind } from './record-change.ts';

/** A change as it is read. */
export interface ChangeRow {
  sequence: number;
  kind: ChangeKind;
  /** Epoch milliseconds. */
  at: number;
  invoice_id: string | null;
  revision_id: string | null;
  transaction_id: string | null;
}

const COLUMNS: Sql = sql`sequence, kind, at, invoice_id, revision_id, transaction_id`;

/** Number of the last change of the transaction's company; 0 before the first one. */
export async function lastSequence(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ last_sequence: string }>(
    'change_lock.read',
    sql`SELECT last_sequence FROM change_lock WHERE company_id = ${transaction.companyId}`,
  );
  return Number(row?.last_sequence ?? 0);
}

/**
 * The same, locked until the transaction ends: until then no change is recorded. Nothing but webhooks and their work list may be
 * locked afterwards.
 */
export async function lockSequence(transaction: Transaction, now: number): Promise<number> {
  const [row] = await transaction.query<{ last_sequence: string }>(
    'change_lock.hold',
    sql`INSERT INTO change_lock AS known (company_id, last_sequence, last_at)
      VALUES (${transaction.companyId}, 0, ${timestamp(now)})
      ON CONFLICT (company_id) DO UPDATE SET last_sequence = known.last_sequence RETURNING last_sequence`,
  );
  return Number(row?.last_sequence);
}

/** The changes that follow one, in their order. */
export function changesAfter(transaction: Transaction, sequence: number, limit: number): Promise<ChangeRow[]> {
  return readChanges(transaction, sql`sequence > ${sequence} ORDER BY sequence LIMIT ${limit}`);
}

/** Those of some kinds. */
export function changesOfKindsAfter(
  transaction: Transaction,
  kinds: readonly ChangeKind[],
  sequence: number,
  limit: number,
): Promise<ChangeRow[]> {
  const which = sql`sequence > ${sequence} AND kind = ANY(${kinds}::text[]) ORDER BY sequence LIMIT ${limit}`;
  return readChanges(transaction, which);
}

/** Changes by their numbers, in any order. */
export function changesOf(transaction: Transaction, sequences: readonly number[]): Promise<ChangeRow[]> {
  return readChanges(transaction, sql`sequence = ANY(${sequences}::bigint[])`);
}

async function readChanges(transaction: Transaction, which: Sql): Promise<ChangeRow[]> {
  const rows = await transaction.query<Omit<ChangeRow, 'sequence'> & { sequence: string }>(
    'changes.read',
    sql`SELECT ${COLUMNS} FROM changes WHERE company_id = ${transaction.companyId} AND ${which}`,
  );
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}
