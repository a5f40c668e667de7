import type { Attempt, Ending } from './message-attempt.ts';
import {
  CASCADE_FAILURES,
  CASCADE_SHARE,
  CASCADES,
  CHANNEL_PROFILES,
  type Channel,
  SINGLE_CHANNELS,
} from './message-profile.ts';
import type { Occasion } from './message-traffic.ts';
import type { Random } from './random.ts';

/** One notification to plan: what it is called, when and why it was decided on. */
export interface Notification {
  id: string;
  at: number;
  occasion: Occasion;
  /** Moments at which a campaign's messages leave one after another; elsewhere equal to `at`. */
  turnAt: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Shares of the single messages that are scheduled by the template, wait for approval, or are reported as created first. */
const SCHEDULED = 0.025;
const WAITING = 0.03;
const REPORTED_FIRST = 0.15;
/** Share of the cascades whose fallback was created beforehand and then not needed: it stays CREATED_OPTIONAL. */
const FALLBACK_LEFT = 0.06;
/** Codes of messages that were tried until their validity ended. */
const TIMED_OUT: ReadonlySet<string> = new Set(['EXPIRED', 'ABSENT_SUBSCRIBER', 'DEVICE_OFFLINE']);

/** The attempts by which a notification reaches its recipient: one, or a cascade that ends with the first success. */
export function planNotification(notification: Notification, random: Random): Attempt[] {
  if (notification.occasion === 'TRANSACTION' && random.chance(CASCADE_SHARE)) return planCascade(notification, random);
  return [planSingle(notification, random)];
}

function planSingle({ id, at, occasion, turnAt }: Notification, random: Random): Attempt {
  const channel: Channel = random.weighted(SINGLE_CHANNELS[occasion]);
  const about = { id, channel, occasion, createdAt: at };
  if (occasion === 'CAMPAIGN') return finish({ ...about, firstStatus: 'CREATED' }, turnAt, random);
  if (random.chance(SCHEDULED)) {
    const dueAt = Math.ceil((at + random.between(HOUR, 48 * HOUR)) / (30 * MINUTE)) * 30 * MINUTE;
    return finish({ ...about, firstStatus: 'DELAYED' }, dueAt + random.between(50, 900), random);
  }
  if (random.chance(WAITING)) return finish({ ...about, firstStatus: 'CREATED' }, at + random.waitMs(6 * HOUR), random);
  const firstStatus = random.chance(REPORTED_FIRST) ? 'CREATED' : null;
  return finish({ ...about, firstStatus }, at + random.between(80, 1500), random);
}

function planCascade({ id, at, occasion }: Notification, random: Random): Attempt[] {
  const channels = random.weighted(CASCADES).split('_') as Channel[];
  const attempts: Attempt[] = [];
  let createdAt = at;
  for (const [index, channel] of channels.entries()) {
    const about = { id: `${id}-${index + 1}`, notificationId: id, channel, occasion, createdAt };
    if (index === channels.length - 1) {
      attempts.push(finish({ ...about, firstStatus: null }, createdAt + random.between(80, 900), random));
      break;
    }
    const attempt = random.chance(CASCADE_FAILURES[channel] ?? 0) ? omit(about, random) : deliver(about, random);
    attempts.push(attempt);
    if (attempt.ending?.status === 'DELIVERED') {
      if (random.chance(FALLBACK_LEFT)) attempts.push(leftOver(id, index + 2, channels[index + 1] as Channel, attempt));
      break;
    }
    createdAt = (attempt.ending?.at ?? createdAt) + random.between(1000, 6000);
  }
  return attempts;
}

type Begun = Omit<Attempt, 'sentAt' | 'ending'>;
type Optional = Omit<Begun, 'firstStatus'>;

/** An attempt of a cascade that fails: the recipient is not on that channel at all, or nothing comes back in time. */
function omit(about: Optional, random: Random): Attempt {
  const isUnknown = random.chance(0.65);
  const sentAt = isUnknown ? null : about.createdAt + random.between(80, 900);
  const at = about.createdAt + (isUnknown ? random.between(900, 4000) : random.between(20_000, 90_000));
  const errorCode = isUnknown ? (about.channel === 'PUSH' ? 'TOKEN_EXPIRED' : 'NOT_REGISTERED') : 'EXPIRED';
  return { ...about, firstStatus: 'CREATED_OPTIONAL', sentAt, ending: { status: 'OMITTED_OPTIONAL', at, errorCode } };
}

/** An attempt of a cascade that succeeds, before its fallback's turn would come. */
function deliver(about: Optional, random: Random): Attempt {
  const sentAt = about.createdAt + random.between(80, 900);
  const at = sentAt + Math.min(random.waitMs(5000), 50_000) + 300;
  return { ...about, firstStatus: 'CREATED_OPTIONAL', sentAt, ending: { status: 'DELIVERED', at } };
}

function leftOver(notificationId: string, turn: number, channel: Channel, success: Attempt): Attempt {
  const { occasion, createdAt } = success;
  const about = { id: `${notificationId}-${turn}`, notificationId, channel, occasion, createdAt };
  return { ...about, firstStatus: 'CREATED_OPTIONAL', sentAt: null, ending: null };
}

/** Decides how an attempt without a fallback ends, once its turn has come. */
function finish(begun: Begun, turnAt: number, random: Random): Attempt {
  const profile = CHANNEL_PROFILES[begun.channel];
  const { undelivered, error, canceled } = profile;
  const delivered = 1 - undelivered - error - canceled;
  const status: Ending = random.weighted({
    DELIVERED: delivered,
    UNDELIVERED: undelivered,
    ERROR: error,
    CANCELED: canceled,
  });
  if (status === 'CANCELED') return { ...begun, ...cancel(begun, turnAt, random) };
  if (status === 'ERROR') {
    const errorCode = random.weighted(profile.errorCodes);
    return { ...begun, sentAt: null, ending: { status, at: turnAt + random.between(50, 900), errorCode } };
  }
  const isAway = random.chance(profile.awayShare);
  const at = turnAt + 300 + random.waitMs(isAway ? profile.awayMs : profile.receiptMs);
  if (status === 'DELIVERED') return { ...begun, sentAt: turnAt, ending: { status, at } };
  const errorCode = random.weighted(profile.undeliveredCodes);
  const endedAt = TIMED_OUT.has(errorCode) ? turnAt + profile.validityMs + random.between(0, MINUTE) : at;
  return { ...begun, sentAt: turnAt, ending: { status, at: endedAt, errorCode } };
}

/** Somebody stops a message before its turn: there must have been time to, so it was reported as created. */
function cancel(begun: Begun, turnAt: number, random: Random): Omit<Attempt, keyof Optional> {
  const at = begun.createdAt + Math.max(2000, Math.floor((turnAt - begun.createdAt) * random.next()));
  return { firstStatus: begun.firstStatus ?? 'CREATED', sentAt: null, ending: { status: 'CANCELED', at } };
}
