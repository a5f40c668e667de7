import { BOTS, CHATS, GROUPS, OPERATORS } from './chat-people.ts';
import { chatDays, type PlannedDialogue } from './chat-plan.ts';
import { orderedLines, type Timed } from './ordered-lines.ts';
import type { DemoStreamOptions } from './scenario.ts';

/** Lines of the kinds `dialogues` and `chat-messages` of the ingest. */
export interface DialogueLine {
  id: string;
  chatId: string;
  messenger: string;
  startedAt: string;
  closedAt?: string;
  botId?: string | undefined;
  groupId?: string | undefined;
  clientId: string;
  latitude?: number;
  longitude?: number;
}

export interface ChatMessageLine {
  id: string;
  dialogueId: string;
  author: string;
  operatorId?: string | undefined;
  sentAt: string;
  text: string;
  template?: string | undefined;
  price?: string;
}

/** The names of everything that the chats of the demo company name. About 30 lines of kind `directory`. */
export function* demoDirectory({ from }: DemoStreamOptions): Generator<object> {
  const at = timeText(from);
  for (const { id, name, messenger } of CHATS) yield { kind: 'CHAT', id, name, messenger, at };
  for (const { id, name } of GROUPS) yield { kind: 'OPERATOR_GROUP', id, name, at };
  for (const { id, name, groupIds } of OPERATORS) yield { kind: 'OPERATOR', id, name, groupIds, at };
  for (const { id, name } of BOTS) yield { kind: 'BOT', id, name, at };
}

/** The dialogues up to `to`: a line when one starts, and one when it is closed. About 6,000 dialogues in three months. */
export function demoDialogues(options: DemoStreamOptions): Generator<DialogueLine> {
  return linesOf(options, (dialogue) => {
    const { id, chat, startedAt, closedAt, botId, groupId, clientId, place } = dialogue;
    const { id: chatId, messenger } = chat;
    const line = { id, chatId, messenger, startedAt: timeText(startedAt), botId, groupId, clientId, ...place };
    return [
      { at: startedAt, line },
      { at: closedAt, line: { ...line, closedAt: timeText(closedAt) } },
    ];
  });
}

/** The messages of the same dialogues, sent up to `to`. About 45,000 in three months. */
export function demoChatMessages(options: DemoStreamOptions): Generator<ChatMessageLine> {
  return linesOf(options, ({ id, chat, messages }) =>
    messages.map(({ at, author, operatorId, text, template }, index) => {
      const price = author !== 'CLIENT' && chat.price !== null ? { price: chat.price } : {};
      const about = { id: `${id}-${index + 1}`, dialogueId: id, author, operatorId, sentAt: timeText(at) };
      return { at, line: { ...about, text, template, ...price } };
    }),
  );
}

function linesOf<Line>(
  { seed, from, to, timeZone }: DemoStreamOptions,
  toLines: (dialogue: PlannedDialogue) => Timed<Line>[],
): Generator<Line> {
  const days = chatDays(seed, from, to, timeZone);
  return orderedLines(days, ({ dialogues }) => dialogues.flatMap(toLines), to);
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
