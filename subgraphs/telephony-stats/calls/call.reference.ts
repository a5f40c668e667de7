/**
 * The slow, plain meaning of calls, computed from all lines at once and from nothing else. It shares no code with the service,
 * so that agreement of the two means something.
 */

/** A line of kind `calls` as a sender writes it. */
export interface EventLine {
  id: string;
  rootId?: string;
  direction: string;
  status: string;
  startedAt: string;
  statusAt: string;
  answeredAt?: string;
  endedAt?: string;
  holdSeconds?: number;
  wrapUpSeconds?: number;
  trunkId?: string;
  botId?: string;
  operatorId?: string;
  number?: string;
  evaluation?: string;
  cause?: string;
  price?: string;
  priceAt?: string;
}

export interface DeletionLine {
  id: string;
  deleted: true;
}

/** A leg after all its lines. Instants are epoch milliseconds, money millionths. */
export interface ReferenceLeg {
  id: string;
  callId: string;
  direction: string;
  status: string;
  startedAt: number;
  answeredAt: number | null;
  /** Null while it runs. */
  end: number | null;
  hold: number;
  wrapUp: number;
  trunkId: string | null;
  botId: string | null;
  operatorId: string | null;
  number: string | null;
  evaluation: string | null;
  cause: string | null;
  price: bigint | null;
}

/** A call: its deciding leg, but for what all its legs make. */
export interface ReferenceCall extends ReferenceLeg {
  /** Null where the call was not answered, or runs. */
  talk: number | null;
}

/** Numbers as senders write them, in the one spelling that is known of each; null is no number. */
export const NUMBERS: Readonly<Record<string, string | null>> = {
  '+7 (495) 123-45-67': '+74951234567',
  '0074951234567': '+74951234567',
  'sip:+74951234567@10.0.0.1': '+74951234567',
  '+44 20 7946 0958': '+442079460958',
  '112': '112',
  withheld: null,
};

/** The legs that lines leave behind, whatever the order of the lines. */
export function legsOf(lines: readonly (EventLine | DeletionLine)[]): ReferenceLeg[] {
  const ids = [...new Set(lines.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const own = lines.filter((line) => line.id === id);
    return own.some((line) => 'deleted' in line) ? [] : [legOf(own as EventLine[])];
  });
}

/** The calls that legs make. */
export function callsOf(legs: readonly ReferenceLeg[]): ReferenceCall[] {
  const ids = [...new Set(legs.map(({ callId }) => callId))];
  return ids.map((callId) => {
    const own = legs.filter((leg) => leg.callId === callId);
    const deciding = decidingOf(own);
    const ends = own.map(({ end }) => end);
    const prices = own.flatMap(({ price }) => (price === null ? [] : [price]));
    const talkMs = deciding.end === null ? null : deciding.end - (deciding.answeredAt ?? deciding.startedAt);
    return {
      ...deciding,
      id: callId,
      startedAt: Math.min(...own.map(({ startedAt }) => startedAt)),
      end: ends.includes(null) ? null : Math.max(...(ends as number[])),
      talk: deciding.status === 'ANSWERED' && talkMs !== null ? Math.max(0, Math.floor(talkMs / 1000)) : null,
      price: prices.length > 0 ? prices.reduce((a, b) => a + b, 0n) : null,
    };
  });
}

function decidingOf(legs: readonly ReferenceLeg[]): ReferenceLeg {
  const answer = ({ answeredAt, startedAt }: ReferenceLeg) => answeredAt ?? startedAt;
  const sorted = (some: readonly ReferenceLeg[], at: (leg: ReferenceLeg) => number) =>
    some.toSorted((a, b) => at(a) - at(b) || compareCodePoints(a.id, b.id));
  const answered = sorted(
    legs.filter(({ status }) => status === 'ANSWERED'),
    answer,
  );
  const byStart = sorted(legs, ({ startedAt }) => startedAt);
  const running = byStart.filter(({ status }) => status === 'IN_PROGRESS');
  return (answered[0] ?? running[0] ?? byStart.at(-1)) as ReferenceLeg;
}

function legOf(lines: readonly EventLine[]): ReferenceLeg {
  const [first] = lines as [EventLine];
  const rank = ({ status }: EventLine) => (status === 'IN_PROGRESS' ? 0 : 1);
  const state = lines.toSorted(
    (a, b) => rank(a) - rank(b) || ms(a.statusAt) - ms(b.statusAt) || compareCodePoints(a.status, b.status),
  );
  const { status, statusAt } = state.at(-1) as EventLine;
  const text = (read: (line: EventLine) => string | undefined) => lastSaid(lines, read);
  const endedAt = lastSaid(lines, ({ endedAt: end }) => end && ms(end));
  const ended = endedAt ?? (status === 'ANSWERED' ? null : ms(statusAt));
  const number = text(({ number: said }) => (said && NUMBERS[said]) || undefined);
  const priceAt = ({ priceAt: at, statusAt: otherwise }: EventLine) => ms(at ?? otherwise);
  return {
    id: first.id,
    callId: lines.find(({ rootId }) => rootId !== undefined)?.rootId ?? first.id,
    direction: first.direction,
    status,
    startedAt: ms(first.startedAt),
    answeredAt: lastSaid(lines, ({ answeredAt }) => answeredAt && ms(answeredAt)),
    end: status === 'IN_PROGRESS' ? null : ended,
    hold: lastSaid(lines, ({ holdSeconds }) => holdSeconds) ?? 0,
    wrapUp: lastSaid(lines, ({ wrapUpSeconds }) => wrapUpSeconds) ?? 0,
    trunkId: text(({ trunkId }) => trunkId),
    botId: text(({ botId }) => botId),
    operatorId: text(({ operatorId }) => operatorId),
    number: number && (NUMBERS[number] ?? number),
    evaluation: text(({ evaluation }) => evaluation),
    cause: text(({ cause }) => cause),
    price: lastSaid(lines, ({ price }) => (price === undefined ? undefined : micros(price)), priceAt),
  };
}

/** The value of the line with the greatest stamp that carries one; of equal stamps the greater value. */
function lastSaid<T extends number | bigint | string>(
  lines: readonly EventLine[],
  read: (line: EventLine) => T | '' | undefined,
  stamp: (line: EventLine) => number = ({ statusAt }) => ms(statusAt),
): T | null {
  let best: { value: T; at: number } | null = null;
  for (const line of lines) {
    const value = read(line);
    if (value === undefined || value === '') continue;
    const at = stamp(line);
    if (!best || at > best.at || (at === best.at && compareValues(value, best.value) > 0)) best = { value, at };
  }
  return best?.value ?? null;
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

function ms(time: string): number {
  return Date.parse(time);
}

function micros(price: string): bigint {
  const [units = '', decimals = ''] = price.split('.');
  return BigInt(units) * 1_000_000n + BigInt(decimals.padEnd(6, '0'));
}
