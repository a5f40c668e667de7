import { type CurrentState, identityField, showInstant } from '#platform/ingest';
import { idsOfErased, idsOfUnknown } from '../dialogues/known-dialogues.ts';
import { settleSessions } from '../operators/settle-sessions.ts';
import type { ChatMessageLine } from './chat-message.line.ts';
import { CHAT_MESSAGE_TABLE, type ChatMessageRow } from './chat-message.row.ts';
import { settleDialogues } from './settle-dialogues.ts';

/**
 * How events of a chat message become its current row. Nothing of it changes once it is known. A message whose dialogue is
 * not known waits in the same table: figures join both, so it counts from the moment that the dialogue arrives.
 */
export const CHAT_MESSAGE_STATE: CurrentState<ChatMessageLine, ChatMessageRow> = {
  kind: 'chat-messages',
  table: CHAT_MESSAGE_TABLE,
  merge: mergeChatMessage,
  countsAlike: (one, other) => CHAT_MESSAGE_TABLE.isSame(one, other),
  readForgotten: idsOfErased,
  readWaiting: idsOfUnknown,
  async settle(transaction, changes) {
    const touched = changes.flatMap(({ before, after }) => [before, after].flatMap((row) => row?.dialogueId ?? []));
    await settleDialogues(transaction, touched);
    await settleSessions(transaction, touched);
  },
};

function mergeChatMessage(known: ChatMessageRow | undefined, line: ChatMessageLine): ChatMessageRow {
  return {
    id: line.id,
    dialogueId: identityField('dialogueId', known?.dialogueId, line.dialogueId) ?? line.dialogueId,
    author: identityField('author', known?.author, line.author) ?? line.author,
    sentAt: identityField('sentAt', known?.sentAt, line.sentAt, showInstant) ?? line.sentAt,
    operatorId: identityField('operatorId', known?.operatorId, line.operatorId),
    priceMicros: identityField('price', known?.priceMicros, line.priceMicros),
    textHash: identityField('text', known?.textHash, line.textHash, 'hidden'),
    templateHash: identityField('template', known?.templateHash, line.templateHash, 'hidden'),
  };
}
