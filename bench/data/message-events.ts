import { createRandom, type Random } from '../../demo/random.ts';

/** One event of a message. Instants are epoch milliseconds. */
export interface MessageEvent {
  id: string;
  channel: string;
  status: string;
  createdAt: number;
  statusAt: number;
  notificationId?: string;
  price?: string;
  errorCode?: string;
}

/** A time of whole hours, epoch milliseconds; `to` is outside of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When messages are created: within 15 March 2025 to 14 March 2026, as well of Moscow as of UTC. */
export const BENCH_YEAR: Span = { from: Date.UTC(2025, 2, 15), to: Date.UTC(2026, 2, 14, 21) };
/** The present of all benchmarks. */
export const BENCH_NOW = Date.UTC(2026, 2, 15, 12);

const HOUR_MS = 3_600_000;
const FINALS = {
  DELIVERED: 780,
  UNDELIVERED: 90,
  PENDING: 40,
  ERROR: 30,
  CANCELED: 20,
  CREATED: 10,
  DELAYED: 10,
  CREATED_OPTIONAL: 10,
  OMITTED_OPTIONAL: 10,
};
const SENT = ['DELIVERED', 'UNDELIVERED', 'PENDING'];
const CHANNELS = { SMS: 50, VIBER: 20, EMAIL: 12, WHATSAPP: 12, PUSH: 6 };
const PRICES = ['0.0125', '0.0391', '0.05', '0.071'];
const CASCADE_SHARE = 0.2;

/**
 * Final states of `count` messages in the order of their creation over a time; one in five begins a cascade that the next one goes
 * on with. The same seed gives the same messages.
 */
export function* finalEvents(seed: number, count: number, span: Span = BENCH_YEAR): Generator<MessageEvent> {
  const random = createRandom(seed);
  let made = 0;
  let cascade: string | undefined;
  for (const moment of moments(random, count, span)) {
    const event = finalEvent(random, made, moment);
    if (cascade) event.notificationId = cascade;
    else if (random.chance(CASCADE_SHARE)) event.notificationId = `n${event.id.slice(1)}`;
    cascade = cascade ? undefined : event.notificationId;
    made += 1;
    yield event;
  }
}

/** `count` ascending instants over a time, epoch milliseconds, with the rhythm of days and weeks and with bursts. */
export function* moments(random: Random, count: number, span: Span = BENCH_YEAR): Generator<number> {
  const hours = hourWeights(random, span);
  const whole = hours.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  let made = 0;
  for (const [hour, weight] of hours.entries()) {
    passed += weight;
    const until = Math.round((count * passed) / whole);
    for (const offsetMs of sortedOffsets(random, until - made)) yield span.from + hour * HOUR_MS + offsetMs;
    made = until;
  }
}

function hourWeights(random: Random, { from, to }: Span): number[] {
  return Array.from({ length: (to - from) / HOUR_MS }, (_, hour) => {
    const byDay = 1 + Math.sin((((hour % 24) - 8) * Math.PI) / 12);
    const byWeek = Math.floor(hour / 24) % 7 < 5 ? 1 : 0.4;
    return (0.05 + byDay) * byWeek * (random.chance(0.02) ? 6 : 1);
  });
}

function sortedOffsets(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.between(0, HOUR_MS)).sort((a, b) => a - b);
}

function finalEvent(random: Random, index: number, createdAt: number): MessageEvent {
  const status = random.weighted(FINALS);
  return {
    id: idOf(random, index),
    channel: random.weighted(CHANNELS),
    status,
    createdAt,
    statusAt: createdAt + random.between(1000, 600_000),
    ...(SENT.includes(status) && random.chance(0.9) && { price: random.pick(PRICES) }),
    ...(status === 'ERROR' && { errorCode: `E${random.between(1, 30)}` }),
  };
}

/** Twenty characters that come in no order, as ids of other systems do. */
function idOf(random: Random, index: number): string {
  const part = () =>
    random
      .between(0, 2 ** 32)
      .toString(36)
      .padStart(7, '0');
  return `m${part()}${part()}${index.toString(36).padStart(5, '0')}`;
}
