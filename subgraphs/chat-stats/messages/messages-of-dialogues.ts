import { sql, type Transaction } from '#platform/database';

/** What a message of a dialogue says there. */
export interface MessageOfDialogue {
  readonly dialogueId: string;
  readonly phraseHash: string | null;
}

type Cells = [dialogueId: string, phraseHash: string | null];
const COLUMNS = sql`dialogue_id, phrase_hash`;
const toMessages = (rows: readonly Cells[]) => rows.map(([dialogueId, phraseHash]) => ({ dialogueId, phraseHash }));

/** All messages of dialogues, those that wait for theirs included. */
export async function readMessagesOf(
  transaction: Transaction,
  dialogueIds: readonly string[],
): Promise<MessageOfDialogue[]> {
  if (dialogueIds.length === 0) return [];
  const rows = await transaction.arrays<Cells>(
    'chat_messages.read_of',
    sql`SELECT ${COLUMNS} FROM chat_messages
      WHERE company_id = ${transaction.companyId} AND dialogue_id = ANY(${dialogueIds}::text[])`,
  );
  return toMessages(rows);
}

/** Takes the messages of dialogues back with them; gives what they were. */
export async function removeMessagesOf(
  transaction: Transaction,
  dialogueIds: readonly string[],
): Promise<MessageOfDialogue[]> {
  if (dialogueIds.length === 0) return [];
  const rows = await transaction.arrays<Cells>(
    'chat_messages.remove',
    sql`DELETE FROM chat_messages
      WHERE company_id = ${transaction.companyId} AND dialogue_id = ANY(${dialogueIds}::text[]) RETURNING ${COLUMNS}`,
  );
  return toMessages(rows);
}
