import { CHANNEL_PROFILES, type Channel, type ChannelProfile, priceText } from './message-profile.ts';
import type { Occasion } from './message-traffic.ts';
import type { Timed } from './ordered-lines.ts';
import type { Random } from './random.ts';
import { type SmsText, smsText } from './sms-texts.ts';

/** A line of kind `messages` of the ingest. */
export interface MessageLine {
  id: string;
  notificationId?: string;
  channel: Channel;
  status: string;
  createdAt: string;
  statusAt: string;
  sentAt?: string;
  text?: string;
  smsParts?: number;
  price?: string;
  priceAt?: string;
  errorCode?: string;
}

/** A line and the moment at which the platform sends it. */
export type TimedLine = Timed<MessageLine>;

export type Ending = 'DELIVERED' | 'UNDELIVERED' | 'ERROR' | 'CANCELED' | 'OMITTED_OPTIONAL';

/** One attempt to reach somebody on one channel, with everything that will become of it. Moments are epoch milliseconds. */
export interface Attempt {
  id: string;
  notificationId?: string;
  channel: Channel;
  occasion: Occasion;
  createdAt: number;
  /** What is reported at `createdAt`; null where the first thing the platform reports is the sending. */
  firstStatus: 'CREATED' | 'CREATED_OPTIONAL' | 'DELAYED' | null;
  /** When it was handed to the carrier; null where it never was. */
  sentAt: number | null;
  /** Null where it stays as it began. */
  ending: { status: Ending; at: number; errorCode?: string } | null;
}

/** Receipts that come this soon are reported in one line with the sending. */
const COALESCED_MS = 3500;
/** Share of the messages that a carrier never prices, and of the SMS for which it states the parts. */
const NEVER_PRICED = 0.004;
const PARTS_STATED = 0.15;

/** The lines that the platform sends about an attempt, in the order of time. */
export function attemptLines(attempt: Attempt, random: Random): TimedLine[] {
  const { id, notificationId, channel, createdAt, sentAt, ending } = attempt;
  const about = { id, ...(notificationId === undefined ? {} : { notificationId }), channel };
  const lines: TimedLine[] = [];
  const add = (at: number, status: string, more: Partial<MessageLine> = {}) => {
    lines.push({ at, line: { ...about, status, createdAt: timeText(createdAt), statusAt: timeText(at), ...more } });
  };
  if (attempt.firstStatus !== null) add(createdAt, attempt.firstStatus);
  const handedOver = sentAt === null ? {} : { sentAt: timeText(sentAt) };
  if (sentAt !== null && (ending === null || ending.at - sentAt > COALESCED_MS)) add(sentAt, 'PENDING', handedOver);
  if (ending !== null) {
    const { status, at, errorCode } = ending;
    add(at, status, { ...(at === sentAt ? {} : handedOver), ...(errorCode === undefined ? {} : { errorCode }) });
  }
  const sms = channel === 'SMS' ? smsText(attempt.occasion, random) : null;
  if (sms !== null) addText(lines, sms, random);
  if (sentAt !== null && ending !== null)
    addPrice(lines, ending.status, sms?.parts ?? 1, CHANNEL_PROFILES[channel], random);
  return lines;
}

/** The text goes with the first line; or the carrier states the parts with the last. */
function addText(lines: TimedLine[], sms: SmsText, random: Random): void {
  const first = lines[0]?.line;
  const last = lines.at(-1)?.line;
  if (first === undefined || last === undefined) return;
  if (random.chance(PARTS_STATED)) last.smsParts = sms.parts;
  else first.text = sms.text;
}

/** The price goes with the last line, or comes alone some hours later, or never. */
function addPrice(lines: TimedLine[], ending: Ending, parts: number, profile: ChannelProfile, random: Random): void {
  const last = lines.at(-1);
  const unit = random.pick(profile.pricesMicros);
  const isLate = random.chance(profile.latePrices);
  if (last === undefined || random.chance(NEVER_PRICED)) return;
  const isCharged = ending === 'DELIVERED' || (ending === 'UNDELIVERED' && profile.chargesUndelivered);
  const price = priceText(isCharged ? unit * parts : 0);
  if (!isLate) {
    last.line.price = price;
    return;
  }
  const at = last.at + 600_000 + random.waitMs(3 * 3_600_000);
  const { id, notificationId, channel, status, createdAt, statusAt } = last.line;
  const about = {
    id,
    ...(notificationId === undefined ? {} : { notificationId }),
    channel,
    status,
    createdAt,
    statusAt,
  };
  lines.push({ at, line: { ...about, price, priceAt: timeText(at) } });
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
