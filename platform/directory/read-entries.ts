import { sql, type Transaction } from '#platform/database';
import type { DirectoryDetails, DirectoryEntry, DirectoryKind } from './directory-entry.ts';

interface Row {
  kind: DirectoryKind;
  id: string;
  at: number;
  name: string | null;
  details: DirectoryDetails;
}

/** A place in the directory. */
export type EntryKey = Pick<DirectoryEntry, 'kind' | 'id'>;

/** The entries of these places, deleted ones included. */
export async function readEntries(transaction: Transaction, keys: readonly EntryKey[]): Promise<DirectoryEntry[]> {
  if (keys.length === 0) return [];
  const kinds = keys.map(({ kind }) => kind);
  const ids = keys.map(({ id }) => id);
  return transaction.query<Row>(
    'directory.read',
    sql`SELECT kind, id, at, name, details FROM directory WHERE company_id = ${transaction.companyId}
      AND (kind, id) IN (SELECT * FROM unnest(${kinds}::text[], ${ids}::text[]))`,
  );
}

/** Entries of one kind with their names, deleted ones left out. */
export async function readKind(transaction: Transaction, kind: DirectoryKind): Promise<DirectoryEntry[]> {
  return transaction.query<Row>(
    'directory.read_kind',
    sql`SELECT kind, id, at, name, details FROM directory
      WHERE company_id = ${transaction.companyId} AND kind = ${kind} AND name IS NOT NULL ORDER BY name, id`,
  );
}
