import { sql, type Transaction } from '#platform/database';
import type { CountedMessage } from '../days/message-days.ts';

type Cells = [
  dialogueId: string,
  author: CountedMessage['author'],
  operatorId: string | null,
  sentAt: number,
  phraseHash: string | null,
];
const COLUMNS = sql`dialogue_id, author, operator_id, sent_at, phrase_hash`;

function toMessages(rows: readonly Cells[]): CountedMessage[] {
  return rows.map(([dialogueId, author, operatorId, sentAt, phraseHash]) => {
    return { dialogueId, author, operatorId, sentAt, phraseHash };
  });
}

/** All messages of dialogues, those that wait for theirs included. */
export async function readMessagesOf(
  transaction: Transaction,
  dialogueIds: readonly string[],
): Promise<CountedMessage[]> {
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
): Promise<CountedMessage[]> {
  if (dialogueIds.length === 0) return [];
  const rows = await transaction.arrays<Cells>(
    'chat_messages.remove',
    sql`DELETE FROM chat_messages
      WHERE company_id = ${transaction.companyId} AND dialogue_id = ANY(${dialogueIds}::text[]) RETURNING ${COLUMNS}`,
  );
  return toMessages(rows);
}
