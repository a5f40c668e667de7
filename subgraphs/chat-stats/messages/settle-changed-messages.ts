import { sql, type Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { keepDays } from '../days/kept-days.ts';
import { type CountedMessage, changeMessageDays } from '../days/message-days.ts';
import { settleSessions } from '../operators/settle-sessions.ts';
import { countPhrases, type PhraseChange } from '../phrases/count-phrases.ts';
import type { ChatMessageRow } from './chat-message.row.ts';
import { settleDialogues } from './settle-dialogues.ts';

/**
 * Brings everything that follows from messages in line with them: dialogues, assignments, phrases, sums by day.
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
  await keepDays(transaction, async (days) => {
    const isKnown = (row: ChatMessageRow | undefined): row is ChatMessageRow =>
      row !== undefined && clients.has(row.dialogueId);
    const others = await readOtherMessages(transaction, changes);
    const before = changes.map((change) => change.before).filter(isKnown);
    const after = changes.map((change) => change.after).filter(isKnown);
    await changeMessageDays(transaction, days, { before: [...others, ...before], after: [...others, ...after] });
  });
}

/** The messages of operators that did not change, in the dialogues in which others did. */
async function readOtherMessages(
  transaction: Transaction,
  changes: readonly RowChange<ChatMessageRow>[],
): Promise<CountedMessage[]> {
  const rows = changes.flatMap(({ before, after }) => after ?? before ?? []);
  const touched = [...new Set(rows.filter(({ author }) => author === 'OPERATOR').map(({ dialogueId }) => dialogueId))];
  if (touched.length === 0) return [];
  const others = await transaction.arrays<[dialogueId: string, operatorId: string, sentAt: number]>(
    'chat_messages.others',
    sql`SELECT dialogue_id, operator_id, sent_at FROM chat_messages
      WHERE company_id = ${transaction.companyId} AND dialogue_id = ANY(${touched}::text[]) AND author = 'OPERATOR'
        AND NOT id = ANY(${rows.map(({ id }) => id)}::text[])`,
  );
  return others.map(([dialogueId, operatorId, sentAt]) => {
    return { dialogueId, author: 'OPERATOR', operatorId, sentAt, phraseHash: null };
  });
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
