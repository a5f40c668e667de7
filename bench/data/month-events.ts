import { createRandom, type Random } from '../../demo/random.ts';
import { finalEvents, type Span } from './message-events.ts';
import { toLine } from './message-stream.ts';

/** What a company does in a month: lines of every kind of ingest that is billed, and of those that they need. */
export interface MonthEvents {
  readonly messages: readonly object[];
  readonly dialogues: readonly object[];
  readonly 'chat-messages': readonly object[];
  readonly calls: readonly object[];
}

/** From two days before February 2026 to two days after it: every zone's month has something on either side of both ends. */
const SPAN: Span = { from: Date.UTC(2026, 0, 30), to: Date.UTC(2026, 2, 3) };
const MESSAGES = 200;
const DIALOGUES = 20;
const CHAT_MESSAGES = 5;
const CALLS = 50;
/** Of a chat message or a call; with decimals that an invoice rounds. */
const PRICES = ['0.0011', '0.0125', '0.3333', '0.05'];
const PRICED_SHARE = 0.9;
const MINUTE_MS = 60_000;

/** The events of one company; the same seed gives the same. A tenth has no price yet. */
export function monthEvents(seed: number): MonthEvents {
  const random = createRandom(seed, 2);
  const dialogues = Array.from({ length: DIALOGUES }, (_, index) => ({ id: `d${index}`, startedAt: moment(random) }));
  return {
    messages: [...finalEvents(seed, MESSAGES, SPAN)].map(toLine),
    dialogues: dialogues.map(({ id, startedAt }) => ({ id, chatId: 'c', messenger: 'WEB', startedAt: at(startedAt) })),
    'chat-messages': dialogues.flatMap((dialogue) => chatMessages(random, dialogue)),
    calls: Array.from({ length: CALLS }, (_, index) => call(random, index)),
  };
}

function chatMessages(random: Random, { id, startedAt }: { id: string; startedAt: number }): object[] {
  return Array.from({ length: CHAT_MESSAGES }, (_, index) => ({
    id: `${id}m${index}`,
    dialogueId: id,
    author: index % 2 === 0 ? 'CLIENT' : 'BOT',
    sentAt: at(startedAt + index * MINUTE_MS),
    ...priced(random),
  }));
}

function call(random: Random, index: number): object {
  const startedAt = moment(random);
  const [answeredAt, endedAt] = [startedAt + 5000, startedAt + 5000 + random.between(1, 600_000)];
  const isAnswered = random.chance(0.7);
  const outcome = isAnswered
    ? { status: 'ANSWERED', statusAt: at(endedAt), answeredAt: at(answeredAt), endedAt: at(endedAt) }
    : { status: 'NO_ANSWER', statusAt: at(answeredAt) };
  return { id: `call${index}`, direction: 'INBOUND', startedAt: at(startedAt), ...outcome, ...priced(random) };
}

function priced(random: Random): { price?: string } {
  return random.chance(PRICED_SHARE) ? { price: random.pick(PRICES) } : {};
}

const moment = (random: Random) => random.between(SPAN.from, SPAN.to);
const at = (instant: number) => new Date(instant).toISOString();
