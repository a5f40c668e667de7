import { DateTime } from 'luxon';
import { BOTS, CHATS, CITIES, type DemoChat, type DemoOperator, GROUPS, OPERATORS } from './chat-people.ts';
import { botText, clientText, operatorText } from './chat-texts.ts';
import { createRandom, type Random } from './random.ts';

/** A message of a planned dialogue; `at` in epoch milliseconds. */
export interface PlannedMessage {
  at: number;
  author: 'CLIENT' | 'BOT' | 'OPERATOR';
  operatorId?: string;
  text: string;
  template?: string;
}

/** A dialogue with everything that will become of it. Moments are epoch milliseconds. */
export interface PlannedDialogue {
  id: string;
  chat: DemoChat;
  startedAt: number;
  closedAt: number;
  botId: string | undefined;
  groupId: string | undefined;
  clientId: string;
  place: { latitude: number; longitude: number } | undefined;
  messages: PlannedMessage[];
  /** Who was to answer first, where anybody was there; of dialogues that wanted a person. */
  offeredTo: string | undefined;
}

/** One local day of the chats; `end` is the first instant of the next. */
export interface ChatDay {
  end: number;
  dialogues: PlannedDialogue[];
}

/** Keeps the days of chats apart from those of messages, which are made from the same seed. */
const CHAT_SALT = 0xc4a7;
/** Dialogues of an ordinary day, and the share of each weekday from Monday on. */
const DIALOGUES_A_DAY = 72;
const WEEKDAY_SHARES = [1.1, 1.08, 1.05, 1.03, 1, 0.8, 0.7];
const HOURS = weightsOf([4, 2, 1, 1, 1, 2, 6, 14, 30, 48, 58, 62, 60, 58, 60, 62, 60, 58, 56, 60, 58, 46, 28, 12]);
const CLIENTS = 2600;
const MINUTE = 60_000;

type Course = 'BOT' | 'BOT_TO_OPERATOR' | 'OPERATOR' | 'UNANSWERED' | 'OUTBOUND';
const COURSES: Readonly<Record<Course, number>> = {
  BOT: 40,
  BOT_TO_OPERATOR: 36,
  OPERATOR: 15,
  UNANSWERED: 5,
  OUTBOUND: 4,
};

/** The dialogues of the whole local days that meet [from, to), by day. A day depends on the seed and its date alone. */
export function* chatDays(seed: number, from: number, to: number, timeZone: string): Generator<ChatDay> {
  let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  while (day.toMillis() < to) {
    const next = day.plus({ days: 1 });
    const label = day.toFormat('yyyyMMdd');
    const random = createRandom(seed, Number(label), CHAT_SALT);
    const count = Math.round(DIALOGUES_A_DAY * (WEEKDAY_SHARES[day.weekday - 1] ?? 1) * (0.9 + 0.2 * random.next()));
    const dialogues = Array.from({ length: count }, (_, index) => {
      const id = `demo${seed}-${label}-d${String(index + 1).padStart(3, '0')}`;
      return planDialogue(id, day, random);
    });
    yield { end: next.toMillis(), dialogues: dialogues.filter(({ startedAt }) => startedAt >= from) };
    day = next;
  }
}

function planDialogue(id: string, day: DateTime, random: Random): PlannedDialogue {
  const hour = Number(random.weighted(HOURS));
  const startedAt = day.toMillis() + hour * 60 * MINUTE + random.between(0, 60 * MINUTE);
  const chat = pickWeighted(CHATS, random);
  const group = pickWeighted(GROUPS, random).id;
  const onShift = OPERATORS.filter((operator) => isOnShift(operator, group, day.weekday, hour));
  const wanted = random.weighted(COURSES);
  // Out of hours a bot does what it can, and whoever asked for a person gets no answer.
  const course = onShift.length === 0 && wanted === 'BOT_TO_OPERATOR' ? 'BOT' : wanted;
  const operator = onShift.length > 0 ? random.pick(onShift) : undefined;
  const talk = new Talk(startedAt, random);
  talk.run(course, operator?.id, random.chance(0.08) ? random.pick(OPERATORS).id : undefined);
  const usesBot = course === 'BOT' || course === 'BOT_TO_OPERATOR' || course === 'OUTBOUND';
  const city = pickWeighted(CITIES, random);
  const place = { latitude: city.latitude + scatter(random), longitude: city.longitude + scatter(random) };
  const isPlaced = random.chance(0.8) && chat.messenger === 'WEB';
  const clientId = `client-${Math.floor(CLIENTS * random.next() * random.next()) + 1}`;
  const bot = pickWeighted(BOTS, random).id;
  return {
    id,
    chat,
    startedAt,
    closedAt: talk.last + random.between(5, 45) * MINUTE,
    botId: usesBot ? bot : undefined,
    groupId: course === 'BOT' || course === 'OUTBOUND' ? undefined : group,
    clientId,
    place: isPlaced ? place : undefined,
    messages: talk.messages,
    offeredTo: course === 'BOT' || course === 'OUTBOUND' ? undefined : operator?.id,
  };
}

function isOnShift({ groupIds, hours, days }: DemoOperator, group: string, weekday: number, hour: number): boolean {
  return groupIds.includes(group) && days.includes(weekday) && hour >= hours[0] && hour < hours[1];
}

/** Some kilometres around the middle of a city, in degrees with four decimals. */
function scatter(random: Random): number {
  return Math.round((random.next() + random.next() - 1) * 2000) / 10_000;
}

function pickWeighted<T extends { weight: number }>(items: readonly T[], random: Random): T {
  const index = random.weighted(weightsOf(items.map(({ weight }) => weight)));
  return items[Number(index)] as T;
}

/** Weights by index, for `weighted`. */
function weightsOf(weights: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(weights.entries());
}

/** A dialogue as it goes on, message after message. */
class Talk {
  readonly messages: PlannedMessage[] = [];
  last: number;

  constructor(
    startedAt: number,
    private readonly random: Random,
  ) {
    this.last = startedAt;
  }

  run(course: Course, operatorId: string | undefined, secondOperatorId: string | undefined): void {
    if (course !== 'OPERATOR' && course !== 'UNANSWERED') this.bot();
    if (course === 'OUTBOUND') return;
    if (course === 'BOT' || course === 'BOT_TO_OPERATOR') this.withBot(course === 'BOT' ? 5 : 3);
    if (course === 'BOT') return;
    this.client();
    if (course === 'UNANSWERED' || operatorId === undefined) {
      if (this.random.chance(0.5)) this.client();
      return;
    }
    this.operator(operatorId, 20_000 + this.random.waitMs(110_000));
    for (let turn = this.random.between(1, 6); turn > 0; turn--) {
      this.client();
      this.operator(turn <= 2 && secondOperatorId ? secondOperatorId : operatorId, 5_000 + this.random.waitMs(35_000));
    }
  }

  private withBot(below: number): void {
    for (let turn = this.random.between(1, below); turn > 0; turn--) {
      this.client();
      this.bot();
    }
  }

  private client(): void {
    this.add(2_000 + this.random.waitMs(30_000), { author: 'CLIENT', text: clientText(this.random) });
  }

  private bot(): void {
    this.add(this.random.between(300, 1500), { author: 'BOT', ...botText(this.random) });
  }

  private operator(operatorId: string, afterMs: number): void {
    this.add(afterMs, { author: 'OPERATOR', operatorId, text: operatorText(this.random) });
  }

  private add(afterMs: number, message: Omit<PlannedMessage, 'at'>): void {
    this.last += afterMs;
    this.messages.push({ at: this.last, ...message });
  }
}
