import { type ApplyLines, applyLines, type Deletion } from '#platform/ingest';
import type { ChatMessageLine } from './chat-message.line.ts';
import { chatMessageState } from './merge-chat-message.ts';

/** Stores lines of messages. Their phrases are at hand for as long as the batch is stored, and nowhere else with the messages. */
export const applyChatMessages: ApplyLines<ChatMessageLine | Deletion> = (transaction, lines, context) => {
  const told = lines.flatMap((line) => ('deleted' in line ? [] : [line.text, line.template]));
  const texts = new Map(told.flatMap((phrase) => (phrase ? [[phrase.hash, phrase.phrase]] : [])));
  return applyLines(transaction, chatMessageState(texts), lines, context);
};
