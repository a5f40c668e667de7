import { createRandom, type Random } from '../../demo/random.ts';
import { finalEvents, type MessageEvent, type Span } from './message-events.ts';

const REPEATED_SHARE = 0.06;
/** How far out of its place an event may come. */
const FURTHEST = 20_000;

/**
 * The lives of new messages as events: created, handed over, final state. Every one comes somewhere within 20,000 places of
 * its own, and 6 % come twice. Gives exactly `count` events.
 */
export function shuffledEvents(seed: number, count: number, span?: Span): MessageEvent[] {
  const random = createRandom(seed, 1);
  const placed: { place: number; event: MessageEvent }[] = [];
  for (const final of finalEvents(seed, Math.ceil(count / 2), span)) {
    for (const event of lifeOf(final)) {
      const times = random.chance(REPEATED_SHARE) ? 2 : 1;
      for (let time = 0; time < times; time += 1) placed.push({ place: placeOf(random, placed.length), event });
    }
    if (placed.length >= count) break;
  }
  placed.length = count;
  return placed.sort((a, b) => a.place - b.place).map(({ event }) => event);
}

function placeOf(random: Random, index: number): number {
  return index + random.between(0, FURTHEST);
}

function lifeOf(final: MessageEvent): MessageEvent[] {
  const { price: _, errorCode: __, ...bare } = final;
  const created = { ...bare, status: 'CREATED', statusAt: final.createdAt };
  const pending = { ...bare, status: 'PENDING', statusAt: final.createdAt + 500 };
  return final.price === undefined ? [created, final] : [created, pending, final];
}

/** An event as its sender writes it. */
export function toLine({ createdAt, statusAt, ...rest }: MessageEvent) {
  return { ...rest, createdAt: new Date(createdAt).toISOString(), statusAt: new Date(statusAt).toISOString() };
}

/** Events as newline-delimited JSON, in pieces of about 64 KiB. */
export function toNdjson(events: readonly MessageEvent[]): Buffer[] {
  const pieces: Buffer[] = [];
  let text = '';
  for (const event of events) {
    text += `${JSON.stringify(toLine(event))}\n`;
    if (text.length < 65_536) continue;
    pieces.push(Buffer.from(text));
    text = '';
  }
  if (text !== '') pieces.push(Buffer.from(text));
  return pieces;
}
