import {
  type Deletion,
  type IngestKind,
  isDeleted,
  type JsonObject,
  optionalContent,
  optionalId,
  optionalPrice,
  requiredEnum,
  requiredId,
  requiredTime,
} from '#platform/ingest';
import { type Phrase, toPhrase } from '../phrases/phrase.ts';
import { CHAT_AUTHOR_NAMES, type ChatAuthorName } from './chat-author.ts';

/** One event of a chat message, checked. Instants are epoch milliseconds, money millionths. */
export interface ChatMessageLine {
  readonly id: string;
  readonly dialogueId: string;
  readonly author: ChatAuthorName;
  readonly sentAt: number;
  readonly operatorId: string | undefined;
  readonly priceMicros: bigint | undefined;
  readonly text: Phrase | undefined;
  readonly template: Phrase | undefined;
}

/** Kind `chat-messages`: id, dialogueId, author, sentAt, operatorId (of operators); optional text, template, price. */
export const CHAT_MESSAGE_LINES: IngestKind<ChatMessageLine | Deletion> = {
  kind: 'chat-messages',
  key: ({ id }) => id,
  parse(json, receipt) {
    const id = requiredId(json, 'id');
    if (isDeleted(json)) return { id, deleted: true };
    const author = requiredEnum(json, 'author', CHAT_AUTHOR_NAMES);
    return {
      id,
      dialogueId: requiredId(json, 'dialogueId'),
      author,
      sentAt: requiredTime(json, 'sentAt', receipt),
      operatorId: readOperatorId(json, author),
      priceMicros: optionalPrice(json, 'price'),
      text: readPhrase(json, 'text'),
      template: readPhrase(json, 'template'),
    };
  },
};

/** Whoever writes as client or bot is no operator, whatever the line says. */
function readOperatorId(json: JsonObject, author: ChatAuthorName): string | undefined {
  if (author === 'OPERATOR') return requiredId(json, 'operatorId');
  optionalId(json, 'operatorId');
  return undefined;
}

function readPhrase(json: JsonObject, field: 'text' | 'template'): Phrase | undefined {
  const content = optionalContent(json, field);
  return content === undefined ? undefined : toPhrase(content);
}
