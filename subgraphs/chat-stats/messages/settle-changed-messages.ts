import { sql, type Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { settleSessions } from '../operators/settle-sessions.ts';
import { countPhrases, type PhraseChange } from '../phrases/count-phrases.ts';
import type { ChatMessageRow } from './chat-message.row.ts';
import { settleDialogues } from './settle-dialogues.ts';

/**
 * Brings everything that follows from messages in line with them: dialogues, assignments, phrases.
 * @param texts phrases of the batch by hash
 */
export async function settleChangedMessages(
  transaction: Transaction,
  changes: readonly RowChange<ChatMessageRow>[],
  texts: ReadonlyMap<string, string>,
): Promise<void> {
  const touched = changes.flatMap(({ before, after }) => (after ?? before)?.dialogueId ?? []);
  await settleDialogues(transaction, touched);
  await settleSessions(transaction, touched);
  const clients = await readClients(transaction, touched);
  const phraseChanges = changes.flatMap(({ before, after }) => {
    return before?.phraseHash === after?.phraseHash
      ? []
      : [...toChange(before, -1, clients), ...toChange(after, 1, clients)];
  });
  await countPhrases(transaction, phraseChanges, texts);
}

function toChange(
  row: ChatMessageRow | undefined,
  messages: -1 | 1,
  clients: ReadonlyMap<string, string>,
): PhraseChange[] {
  if (!row || row.phraseHash === null) return [];
  const client = clients.get(row.dialogueId);
  return [{ hash: row.phraseHash, messages, client: client === undefined ? undefined : { id: client, messages } }];
}

/** Whose dialogues these are, by dialogue; those that have not arrived are missing. */
async function readClients(transaction: Transaction, dialogueIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await transaction.arrays<[dialogue: string, client: string]>(
    'dialogues.clients',
    sql`SELECT id, coalesce(client_id, id) FROM dialogues
      WHERE company_id = ${transaction.companyId} AND id = ANY(${[...new Set(dialogueIds)]}::text[])`,
  );
  return new Map(rows);
}
