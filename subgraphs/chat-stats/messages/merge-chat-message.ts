import { type CurrentState, identityField, showInstant } from '#platform/ingest';
import { idsOfErased, idsOfUnknown } from '../dialogues/known-dialogues.ts';
import { NO_PHRASE_HASH } from '../phrases/phrase.ts';
import type { ChatMessageLine } from './chat-message.line.ts';
import { CHAT_MESSAGE_TABLE, type ChatMessageRow } from './chat-message.row.ts';
import { settleChangedMessages } from './settle-changed-messages.ts';

/**
 * How events of a chat message become its current row. Nothing of it changes once it is known. A message whose dialogue is
 * not known waits in the same table: figures join both, so it counts from the moment that the dialogue arrives.
 * @param texts phrases of the lines to come, by hash
 */
export function chatMessageState(texts: ReadonlyMap<string, string>): CurrentState<ChatMessageLine, ChatMessageRow> {
  return {
    kind: 'chat-messages',
    table: CHAT_MESSAGE_TABLE,
    merge: mergeChatMessage,
    countsAlike: (one, other) => CHAT_MESSAGE_TABLE.isSame(one, other),
    readForgotten: idsOfErased,
    readWaiting: idsOfUnknown,
    settle: (transaction, changes) => settleChangedMessages(transaction, changes, texts),
  };
}

function mergeChatMessage(known: ChatMessageRow | undefined, line: ChatMessageLine): ChatMessageRow {
  const author = identityField('author', known?.author, line.author) ?? line.author;
  const textHash = identityField('text', known?.textHash, line.text?.hash, 'hidden');
  const templateHash = identityField('template', known?.templateHash, line.template?.hash, 'hidden');
  return {
    id: line.id,
    dialogueId: identityField('dialogueId', known?.dialogueId, line.dialogueId) ?? line.dialogueId,
    author,
    sentAt: identityField('sentAt', known?.sentAt, line.sentAt, showInstant) ?? line.sentAt,
    operatorId: identityField('operatorId', known?.operatorId, line.operatorId),
    priceMicros: identityField('price', known?.priceMicros, line.priceMicros),
    textHash,
    templateHash,
    phraseHash: countedHash(author === 'BOT' ? (templateHash ?? textHash) : textHash),
  };
}

function countedHash(hash: string | null): string | null {
  return hash === NO_PHRASE_HASH ? null : hash;
}
