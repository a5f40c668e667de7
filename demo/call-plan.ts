import { BOTS, CALL_PROFILES, CAUSES, type CallStatus, EVALUATIONS, OPERATORS } from './call-profile.ts';
import type { CallStart } from './call-traffic.ts';
import { priceText } from './message-profile.ts';
import type { Random } from './random.ts';

/** A line of kind `calls` of the ingest. */
export interface CallLine {
  id: string;
  rootId?: string;
  direction: string;
  status: CallStatus | 'IN_PROGRESS';
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

/** A line and the moment at which the platform sends it, epoch milliseconds. */
export interface TimedCallLine {
  at: number;
  line: CallLine;
}

/** One leg with everything that will become of it. Moments are epoch milliseconds. */
interface Leg {
  about: Pick<CallLine, 'id' | 'rootId' | 'direction' | 'startedAt'>;
  parties: Pick<CallLine, 'trunkId' | 'botId' | 'operatorId' | 'number'>;
  startedAt: number;
  status: CallStatus;
  answeredAt: number | null;
  endedAt: number;
}

const SECOND = 1000;
const HOUR = 3_600_000;
const NUMBERS = 7000;
/** Share of a bot's answered calls that go on to an operator as a second leg. */
const TRANSFERRED = 0.16;
/** Share of the answered legs that are reported as soon as they are answered; of prices that come hours later, or never. */
const REPORTED_EARLY = 0.2;
const LATE_PRICES = 0.12;
const NEVER_PRICED = 0.005;

/** The lines that the platform sends about a call: one leg, or two where the bot passed it on. */
export function callLines(id: string, start: CallStart, random: Random): TimedCallLine[] {
  const { direction, isCampaign, at } = start;
  const profile = CALL_PROFILES[direction];
  const isBot = isCampaign || random.chance(profile.botShare);
  const status = random.weighted(profile.endings);
  const trunkId = isCampaign ? 'trunk-mobile' : random.weighted(profile.trunks);
  const parties = {
    trunkId,
    number: numberOf(random),
    ...(isBot ? { botId: random.weighted(BOTS) } : operator(random)),
  };
  const leg = planLeg({ id, direction, startedAt: time(at) }, parties, at, status, isBot ? 38 : 150, random);
  const lines = legLines(leg, profile.minuteMicros, random);
  if (isBot && status === 'ANSWERED' && random.chance(TRANSFERRED)) lines.push(...passedOn(id, leg, random));
  return lines;
}

/** The second leg: an operator is rung while the bot still speaks, so that the legs overlap. */
function passedOn(id: string, { endedAt, about, parties }: Leg, random: Random): TimedCallLine[] {
  const startedAt = Math.max(Date.parse(about.startedAt), endedAt - random.between(1, 6) * SECOND);
  const status = random.chance(0.9) ? 'ANSWERED' : 'NO_ANSWER';
  const second = { id: `${id}-2`, rootId: id, direction: about.direction, startedAt: time(startedAt) };
  const { trunkId, number } = parties;
  const leg = planLeg(second, { trunkId, number, ...operator(random) }, startedAt, status, 170, random);
  return legLines(leg, CALL_PROFILES.INBOUND.minuteMicros, random);
}

function planLeg(
  about: Leg['about'],
  parties: Leg['parties'],
  startedAt: number,
  status: CallStatus,
  meanTalkSeconds: number,
  random: Random,
): Leg {
  const ringMs = status === 'FAILED' || status === 'CONGESTION' ? random.between(80, 900) : 1500 + random.waitMs(7500);
  const answeredAt = status === 'ANSWERED' ? startedAt + ringMs : null;
  const talkMs = answeredAt === null ? 0 : SECOND + random.waitMs(meanTalkSeconds * SECOND);
  return { about, parties, startedAt, status, answeredAt, endedAt: startedAt + ringMs + talkMs };
}

function legLines(leg: Leg, minuteMicros: number, random: Random): TimedCallLine[] {
  const { about, parties, startedAt, status, answeredAt, endedAt } = leg;
  const answer = answeredAt === null ? {} : { answeredAt: time(answeredAt) };
  const lines: TimedCallLine[] = [
    { at: startedAt, line: { ...about, status: 'IN_PROGRESS', statusAt: time(startedAt), ...parties } },
  ];
  if (answeredAt !== null && random.chance(REPORTED_EARLY)) {
    lines.push({ at: answeredAt, line: { ...about, status, statusAt: time(answeredAt), ...answer } });
  }
  const talkSeconds = answeredAt === null ? 0 : (endedAt - answeredAt) / SECOND;
  const ending = { ...about, status, statusAt: time(endedAt) };
  const more = answeredAt === null ? {} : afterwards(parties, talkSeconds, random);
  lines.push({
    at: endedAt,
    line: { ...ending, ...answer, endedAt: time(endedAt), cause: CAUSES[status], ...parties, ...more },
  });
  if (answeredAt !== null) addPrice(lines, ending, Math.ceil(talkSeconds / 60) * minuteMicros, random);
  return lines;
}

/** What is known of an answered leg once it is over. */
function afterwards({ botId, operatorId }: Leg['parties'], talkSeconds: number, random: Random): Partial<CallLine> {
  const evaluation = botId === undefined ? '' : random.weighted(EVALUATIONS);
  const hold = operatorId !== undefined && random.chance(0.22) ? Math.floor(talkSeconds * random.next() * 0.4) : 0;
  return {
    ...(evaluation === '' ? {} : { evaluation }),
    ...(hold === 0 ? {} : { holdSeconds: hold }),
    ...(operatorId === undefined ? {} : { wrapUpSeconds: random.between(4, 50) }),
  };
}

/** The price goes with the last line, or comes alone some hours later, or never. */
function addPrice(lines: TimedCallLine[], ending: Omit<CallLine, 'price'>, micros: number, random: Random): void {
  const isLate = random.chance(LATE_PRICES);
  const last = lines.at(-1);
  if (last === undefined || random.chance(NEVER_PRICED)) return;
  if (!isLate) {
    last.line.price = priceText(micros);
    return;
  }
  const at = last.at + HOUR / 6 + random.waitMs(4 * HOUR);
  lines.push({ at, line: { ...ending, price: priceText(micros), priceAt: time(at) } });
}

function operator(random: Random): { operatorId: string } {
  return { operatorId: random.pick(OPERATORS) };
}

/** A number of a range that no carrier uses; some people call, and are called, often. */
function numberOf(random: Random): string {
  const person = random.chance(0.3) ? random.between(0, NUMBERS / 20) : random.between(0, NUMBERS);
  return `+7000${String(1_000_000 + person * 131)}`;
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
