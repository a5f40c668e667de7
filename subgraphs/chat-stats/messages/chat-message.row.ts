import { type Column, identifier, RowTable } from '#platform/database';
import type { ChatAuthorName } from './chat-author.ts';

/** One chat message. Instants are epoch milliseconds, money millionths. */
export interface ChatMessageRow {
  id: string;
  dialogueId: string;
  author: ChatAuthorName;
  sentAt: number;
  /** Of an operator's message; null on others. */
  operatorId: string | null;
  priceMicros: bigint | null;
  /** Hashes of the phrases of `text` and `template`; neither is kept itself. */
  textHash: string | null;
  templateHash: string | null;
  /** The one of them that is counted: of bots the template's where there is one. Null where neither is a phrase. */
  phraseHash: string | null;
}

const text = (name: string): Column => ({ name, type: 'text' });

export const CHAT_MESSAGE_TABLE = new RowTable<ChatMessageRow>('chat_messages', {
  id: text('id'),
  dialogueId: text('dialogue_id'),
  author: { name: 'author', type: 'text', databaseType: identifier('chat_author') },
  sentAt: { name: 'sent_at', type: 'timestamptz' },
  operatorId: text('operator_id'),
  priceMicros: { name: 'price_micros', type: 'bigint' },
  textHash: text('text_hash'),
  templateHash: text('template_hash'),
  phraseHash: text('phrase_hash'),
});
