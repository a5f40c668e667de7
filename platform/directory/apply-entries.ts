import { sql, type Transaction, timestamp } from '#platform/database';
import { type LineOutcome, lockCompany } from '#platform/ingest';
import { type DirectoryEntry, entryText, standingEntry } from './directory-entry.ts';
import type { PassedLine } from './directory-line.ts';
import { readEntries } from './read-entries.ts';

/** Stores entries in their order. A line is `updated` where the entry says something else after it. */
export async function applyEntries(
  transaction: Transaction,
  lines: readonly (DirectoryEntry | PassedLine)[],
): Promise<{ outcomes: LineOutcome[]; changed: boolean }> {
  await lockCompany(transaction);
  const incoming = lines.filter((line): line is DirectoryEntry => !('passed' in line));
  const known = new Map((await readEntries(transaction, incoming)).map((entry) => [keyOf(entry), entry]));
  const standing = new Map(known);
  const outcomes = lines.map((line): LineOutcome => {
    if ('passed' in line) return 'unchanged';
    const before = standing.get(keyOf(line));
    const after = standingEntry(before, line);
    standing.set(keyOf(line), after);
    if (!before) return 'inserted';
    return entryText(before) === entryText(after) ? 'unchanged' : 'updated';
  });
  await writeEntries(
    transaction,
    [...standing.values()].filter((entry) => known.get(keyOf(entry)) !== entry),
  );
  // A later time alone decides about entries to come and shows in no answer.
  const changed = [...standing].some(([key, entry]) => {
    const before = known.get(key);
    return !before || entryText(before) !== entryText(entry);
  });
  return { outcomes, changed };
}

function keyOf({ kind, id }: DirectoryEntry): string {
  return `${kind} ${id}`;
}

async function writeEntries(transaction: Transaction, entries: readonly DirectoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = <T>(value: (entry: DirectoryEntry) => T) => entries.map(value);
  await transaction.execute(
    'directory.write',
    sql`INSERT INTO directory (company_id, kind, id, at, name, details)
      SELECT ${transaction.companyId}, * FROM unnest(${column(({ kind }) => kind)}::text[], ${column(({ id }) => id)}::text[],
        ${column(({ at }) => timestamp(at))}::timestamptz[], ${column(({ name }) => name)}::text[],
        ${column(({ details }) => JSON.stringify(details))}::jsonb[])
      ON CONFLICT (company_id, kind, id) DO UPDATE SET at = excluded.at, name = excluded.name, details = excluded.details`,
  );
}
