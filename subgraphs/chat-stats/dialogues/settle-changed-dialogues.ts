import type { Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { keepDays } from '../days/kept-days.ts';
import { type CountedMessage, changeMessageDays } from '../days/message-days.ts';
import { readMessagesOf, removeMessagesOf } from '../messages/messages-of-dialogues.ts';
import { settleDialogues } from '../messages/settle-dialogues.ts';
import { removeSessionsOf, settleSessions } from '../operators/settle-sessions.ts';
import { countPhrases, type PhraseChange } from '../phrases/count-phrases.ts';
import { clientOf, type DialogueRow } from './dialogue.row.ts';

type Change = RowChange<DialogueRow>;

/** Brings everything that belongs to dialogues in line with them: messages, assignments, phrases, sums by day. */
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
  const byId = new Map(changes.map((change) => [(change.after ?? change.before)?.id, change]));
  const moved = idsOf(changes, ({ before, after }) => after && (!before || clientOf(before) !== clientOf(after)));
  const messages = await readMessagesOf(transaction, moved);
  await countPhrases(transaction, [
    ...removed.flatMap((message) => phraseGone(message, byId.get(message.dialogueId)?.before)),
    ...messages.flatMap((message) => phraseMoved(message, byId.get(message.dialogueId))),
  ]);
  await keepDays(transaction, (days) => {
    const before = removed.filter(({ dialogueId }) => byId.get(dialogueId)?.before);
    const after = messages.filter(({ dialogueId }) => !byId.get(dialogueId)?.before);
    return changeMessageDays(transaction, days, { before, after });
  });
}

function idsOf(changes: readonly Change[], holds: (change: Change) => unknown): string[] {
  return changes.filter(holds).flatMap(({ before, after }) => (after ?? before)?.id ?? []);
}

/** A message that goes with its dialogue; where that had not arrived, nobody knew whose it was. */
function phraseGone({ phraseHash: hash }: CountedMessage, dialogue: DialogueRow | undefined): PhraseChange[] {
  if (hash === null) return [];
  return [{ hash, messages: -1, client: dialogue && { id: clientOf(dialogue), messages: -1 } }];
}

/** A message whose dialogue has arrived, or belongs to another client than was known. */
function phraseMoved({ phraseHash: hash }: CountedMessage, change: Change | undefined): PhraseChange[] {
  if (hash === null) return [];
  const move = (dialogue: DialogueRow | undefined, messages: -1 | 1): PhraseChange[] =>
    dialogue ? [{ hash, messages: 0, client: { id: clientOf(dialogue), messages } }] : [];
  return [...move(change?.before, -1), ...move(change?.after, 1)];
}
