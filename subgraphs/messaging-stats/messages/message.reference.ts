/**
 * The slow, plain meaning of messages: what semantics.md says, computed from all lines at once and from nothing else. It shares
 * no code with the service, so that agreement of the two means something.
 */

/** A line of kind `messages` as a sender writes it. */
export interface EventLine {
  id: string;
  channel: string;
  status: string;
  createdAt: string;
  statusAt: string;
  sentAt?: string;
  notificationId?: string;
  text?: string;
  smsParts?: number;
  price?: string;
  priceAt?: string;
  errorCode?: string;
}

export interface DeletionLine {
  id: string;
  deleted: true;
}

/** A message after all its lines. Instants are epoch milliseconds, money millionths. */
export interface ReferenceMessage {
  id: string;
  channel: string;
  status: string;
  createdAt: number;
  statusAt: number;
  sentAt: number | null;
  notificationId: string;
  /** Null on channels other than SMS. */
  smsParts: number | null;
  price: bigint | null;
  errorCode: string | null;
}

/** Texts whose parts are known from the standard, not computed here. */
export const TEXT_PARTS: Readonly<Record<string, number>> = {
  '': 1,
  'your code is 1234': 1,
  ['x'.repeat(160)]: 1,
  ['x'.repeat(161)]: 2,
  [`${'x'.repeat(159)}€`]: 2,
  ['€'.repeat(153)]: 3,
  ['я'.repeat(70)]: 1,
  ['я'.repeat(71)]: 2,
  ['я'.repeat(135)]: 3,
  ['😀'.repeat(67)]: 3,
};

const RANKS: Readonly<Record<string, number>> = {
  CREATED: 0,
  CREATED_OPTIONAL: 0,
  DELAYED: 0,
  PENDING: 1,
  CANCELED: 2,
  OMITTED_OPTIONAL: 2,
  ERROR: 2,
  UNDELIVERED: 2,
  DELIVERED: 3,
};
const SHOWS_SENDING = ['PENDING', 'DELIVERED', 'UNDELIVERED'];
const GOES_ON_AFTER = ['OMITTED_OPTIONAL', 'ERROR', 'UNDELIVERED'];

/** The messages that lines leave behind, whatever the order of the lines. */
export function messagesOf(lines: readonly (EventLine | DeletionLine)[]): ReferenceMessage[] {
  const ids = [...new Set(lines.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const own = lines.filter((line) => line.id === id);
    return own.some((line) => 'deleted' in line) ? [] : [messageOf(own as EventLine[])];
  });
}

function messageOf(lines: readonly EventLine[]): ReferenceMessage {
  const [first] = lines as [EventLine];
  const state = lines.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || ms(a.statusAt) - ms(b.statusAt) || compareCodePoints(a.status, b.status),
  )[lines.length - 1] as EventLine;
  const atStatus = ({ statusAt }: EventLine) => ms(statusAt);
  const givenSentAt = lastSaid(lines, ({ sentAt }) => (sentAt === undefined ? null : ms(sentAt)), atStatus);
  const shown = lines.filter(({ status }) => SHOWS_SENDING.includes(status)).map(atStatus);
  const parts = lastSaid(lines, ({ smsParts }) => smsParts ?? null, atStatus);
  const textParts = lastSaid(lines, ({ text }) => (text === undefined ? null : (TEXT_PARTS[text] ?? NaN)), atStatus);
  return {
    id: first.id,
    channel: first.channel,
    createdAt: ms(first.createdAt),
    status: state.status,
    statusAt: ms(state.statusAt),
    sentAt: givenSentAt ?? (shown.length > 0 ? Math.min(...shown) : null),
    notificationId: lines.find(({ notificationId }) => notificationId !== undefined)?.notificationId ?? first.id,
    smsParts: first.channel === 'SMS' ? (parts ?? textParts ?? 1) : null,
    price: lastSaid(
      lines,
      ({ price }) => (price === undefined ? null : micros(price)),
      ({ priceAt, statusAt }) => ms(priceAt ?? statusAt),
    ),
    errorCode: lastSaid(lines, ({ errorCode }) => errorCode ?? null, atStatus),
  };
}

/** The value of the line with the greatest stamp that carries one; of equal stamps the greater value. */
function lastSaid<T extends number | bigint | string>(
  lines: readonly EventLine[],
  read: (line: EventLine) => T | null,
  stamp: (line: EventLine) => number,
): T | null {
  let best: { value: T; at: number } | null = null;
  for (const line of lines) {
    const value = read(line);
    if (value === null) continue;
    const at = stamp(line);
    if (!best || at > best.at || (at === best.at && compareValues(value, best.value) > 0)) best = { value, at };
  }
  return best?.value ?? null;
}

/** The channel of the next attempt of the cascade, by (createdAt, id), of a message that was omitted or failed. */
export function fallbackChannelOf(message: ReferenceMessage, all: readonly ReferenceMessage[]): string | null {
  if (!GOES_ON_AFTER.includes(message.status)) return null;
  const attempts = all
    .filter(({ notificationId }) => notificationId === message.notificationId)
    .sort((a, b) => a.createdAt - b.createdAt || compareCodePoints(a.id, b.id));
  return attempts[attempts.indexOf(message) + 1]?.channel ?? null;
}

/** Orders texts by code points, one character after the other. */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (const [index, character] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const difference = (character.codePointAt(0) as number) - (other.codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareValues<T extends number | bigint | string>(a: T, b: T): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function rankOf({ status }: EventLine): number {
  return RANKS[status] as number;
}

function ms(time: string): number {
  return Date.parse(time);
}

function micros(price: string): bigint {
  const [units = '', decimals = ''] = price.split('.');
  return BigInt(units) * 1_000_000n + BigInt(decimals.padEnd(6, '0'));
}
