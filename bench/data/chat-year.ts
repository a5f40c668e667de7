import { createRandom, type Random } from '../../demo/random.ts';
import type { DialogueRow } from '../../subgraphs/chat-stats/dialogues/dialogue.row.ts';
import { DIALOGUE_STATE } from '../../subgraphs/chat-stats/dialogues/merge-dialogue.ts';
import type { ChatAuthorName } from '../../subgraphs/chat-stats/messages/chat-author.ts';
import type { ChatMessageRow } from '../../subgraphs/chat-stats/messages/chat-message.row.ts';
import { chatMessageState } from '../../subgraphs/chat-stats/messages/merge-chat-message.ts';
import { OPERATOR_SESSION_STATE } from '../../subgraphs/chat-stats/operators/merge-operator-session.ts';
import type { OperatorSessionRow } from '../../subgraphs/chat-stats/operators/operator-session.row.ts';
import type { Phrase } from '../../subgraphs/chat-stats/phrases/phrase.ts';
import { BENCH_YEAR, moments } from './message-events.ts';
import { PhrasePool } from './phrase-pool.ts';

/** A dialogue with all that belongs to it, as rows, and the phrases of its messages. */
export interface Talk {
  readonly dialogue: DialogueRow;
  readonly messages: readonly ChatMessageRow[];
  readonly sessions: readonly OperatorSessionRow[];
  readonly phrases: readonly Phrase[];
}

/** Who writes in a dialogue, in turn. Where no operator is needed, bots write in their place. */
const TURNS: readonly ChatAuthorName[] = [
  ...(['CLIENT', 'BOT', 'CLIENT', 'OPERATOR', 'CLIENT'] as const),
  ...(['OPERATOR', 'CLIENT', 'OPERATOR', 'CLIENT', 'OPERATOR'] as const),
];
export const TALK_MESSAGES = TURNS.length;

export const CHAT_OPERATORS = Array.from({ length: 50 }, (_, index) => `operator-${index + 1}`);
const MESSENGERS = { TELEGRAM: 40, WHATSAPP: 30, WEB: 20, VIBER: 10 } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const BY_BOTS_SHARE = 0.2;
/** Of messages that are written on a later day than the one before. */
const LATER_SHARE = 0.08;
const DIALOGUES_A_CLIENT = 3;

const MESSAGES = chatMessageState(new Map());

/** Dialogues of ten messages each, begun over the year in the order of time. The same seed gives the same dialogues. */
export function* chatYear(seed: number, dialogues: number): Generator<Talk> {
  const random = createRandom(seed);
  const pools = { CLIENT: new PhrasePool(1, 2500), OPERATOR: new PhrasePool(2, 3000), BOT: new PhrasePool(3, 60) };
  let index = 0;
  for (const startedAt of moments(random, dialogues)) {
    const clientId = `client-${random.between(0, Math.ceil(dialogues / DIALOGUES_A_CLIENT))}`;
    yield talk(random, pools, { id: `dialogue-${index}`, startedAt, clientId });
    index += 1;
  }
}

type Pools = Readonly<Record<ChatAuthorName, PhrasePool>>;
type Opening = Pick<DialogueRow, 'id' | 'startedAt'> & { clientId: string };

function talk(random: Random, pools: Pools, opening: Opening): Talk {
  const isByBots = random.chance(BY_BOTS_SHARE);
  const phrases: Phrase[] = [];
  const shifts: { operatorId: string; from: number; to: number }[] = [];
  let at = opening.startedAt;
  const messages = TURNS.map((turn, index) => {
    const pause = random.waitMs(random.chance(LATER_SHARE) ? DAY_MS : MINUTE_MS);
    // Nobody is asked in the year what is written after it.
    if (at + pause < BENCH_YEAR.to) at += pause;
    const isNewDay = pause > DAY_MS / 3;
    const author = isByBots && turn === 'OPERATOR' ? 'BOT' : turn;
    const phrase = pools[author].pick(random);
    phrases.push(phrase);
    const operatorId = author === 'OPERATOR' ? answering(random, shifts, isNewDay, at) : undefined;
    return MESSAGES.merge(undefined, {
      id: `${opening.id}-${index}`,
      dialogueId: opening.id,
      author,
      sentAt: at,
      operatorId,
      priceMicros: undefined,
      text: phrase,
      template: undefined,
    });
  });
  return { dialogue: dialogueRow(random, opening, at), messages, sessions: shifts.map(toSession(opening)), phrases };
}

/** Whoever answered last, unless it is another day. */
function answering(
  random: Random,
  shifts: { operatorId: string; from: number; to: number }[],
  isNewDay: boolean,
  at: number,
): string {
  const last = shifts.at(-1);
  if (last && !isNewDay) {
    last.to = at;
    return last.operatorId;
  }
  // Some are given far more than others.
  const operatorId = CHAT_OPERATORS[Math.floor(CHAT_OPERATORS.length * random.next() ** 1.5)] as string;
  shifts.push({ operatorId, from: at - MINUTE_MS / 2, to: at });
  return operatorId;
}

function toSession({ id }: Opening) {
  return ({ operatorId, from, to }: { operatorId: string; from: number; to: number }, index: number) =>
    OPERATOR_SESSION_STATE.merge(undefined, {
      id: `${id}-${index}`,
      dialogueId: id,
      operatorId,
      assignedAt: from,
      releasedAt: to + MINUTE_MS,
      skipped: undefined,
    });
}

function dialogueRow(random: Random, opening: Opening, closedAt: number): DialogueRow {
  return DIALOGUE_STATE.merge(undefined, {
    ...opening,
    chatId: `chat-${random.between(1, 9)}`,
    messenger: random.weighted(MESSENGERS),
    closedAt,
    botId: 'bot',
    groupId: undefined,
    latitude: undefined,
    longitude: undefined,
  });
}
