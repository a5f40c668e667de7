import type { Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { readMessagesOf, removeMessagesOf } from '../messages/messages-of-dialogues.ts';
import { settleDialogues } from '../messages/settle-dialogues.ts';
import { removeSessionsOf, settleSessions } from '../operators/settle-sessions.ts';
import { countPhrases, type PhraseChange } from '../phrases/count-phrases.ts';
import { clientOf, type DialogueRow } from './dialogue.row.ts';

type Change = RowChange<DialogueRow>;

/** Brings everything that belongs to dialogues in line with them: messages, assignments, phrases. */
export async function settleChangedDialogues(
  transaction: Transaction,
  changes: readonly Change[],
  erased: readonly string[],
): Promise<void> {
  const removed = await removeMessagesOf(transaction, erased);
  await removeSessionsOf(transaction, erased);
  const arrived = idsOf(changes, ({ before, after }) => !before && after);
  await settleDialogues(transaction, arrived);
  const closed = idsOf(changes, ({ before, after }) => before && after && before.closedAt !== after.closedAt);
  await settleSessions(transaction, [...arrived, ...closed]);
  const clients = new Map(changes.map((change) => [(change.after ?? change.before)?.id, change]));
  const ofOthers = idsOf(changes, ({ before, after }) => after && (!before || clientOf(before) !== clientOf(after)));
  await countPhrases(transaction, [
    ...removed.flatMap(({ dialogueId, phraseHash }) => {
      return phraseHash === null ? [] : [gone(phraseHash, clients.get(dialogueId)?.before)];
    }),
    ...(await readMessagesOf(transaction, ofOthers)).flatMap(({ dialogueId, phraseHash }) => {
      return phraseHash === null ? [] : moved(phraseHash, clients.get(dialogueId));
    }),
  ]);
}

function idsOf(changes: readonly Change[], holds: (change: Change) => unknown): string[] {
  return changes.filter(holds).flatMap(({ before, after }) => (after ?? before)?.id ?? []);
}

/** A message that goes with its dialogue; where that had not arrived, nobody knew whose it was. */
function gone(hash: string, dialogue: DialogueRow | undefined): PhraseChange {
  return { hash, messages: -1, client: dialogue && { id: clientOf(dialogue), messages: -1 } };
}

/** A message whose dialogue has arrived, or belongs to another client than was known. */
function moved(hash: string, change: Change | undefined): PhraseChange[] {
  const move = (dialogue: DialogueRow | undefined, messages: -1 | 1): PhraseChange[] =>
    dialogue ? [{ hash, messages: 0, client: { id: clientOf(dialogue), messages } }] : [];
  return [...move(change?.before, -1), ...move(change?.after, 1)];
}
