import { sql, type Transaction } from '#platform/database';
import { readErased } from '#platform/ingest';

/** Something that belongs to a dialogue: a message, an assignment. */
interface OfDialogue {
  readonly id: string;
  readonly dialogueId: string;
}

/** Ids of what belongs to dialogues that were taken back for good. */
export async function idsOfErased(
  transaction: Transaction,
  lines: readonly OfDialogue[],
): Promise<ReadonlySet<string>> {
  const erased = await readErased(transaction, 'dialogues', dialogueIdsOf(lines));
  return new Set(lines.filter(({ dialogueId }) => erased.has(dialogueId)).map(({ id }) => id));
}

/** Ids of what belongs to dialogues that have not arrived yet. */
export async function idsOfUnknown(
  transaction: Transaction,
  added: readonly OfDialogue[],
): Promise<ReadonlySet<string>> {
  if (added.length === 0) return new Set();
  const rows = await transaction.arrays<[string]>(
    'dialogues.known',
    sql`SELECT id FROM dialogues WHERE company_id = ${transaction.companyId} AND id = ANY(${dialogueIdsOf(added)}::text[])`,
  );
  const known = new Set(rows.map(([id]) => id));
  return new Set(added.filter(({ dialogueId }) => !known.has(dialogueId)).map(({ id }) => id));
}

function dialogueIdsOf(lines: readonly OfDialogue[]): string[] {
  return [...new Set(lines.map(({ dialogueId }) => dialogueId))];
}
