import { DateTime } from 'luxon';
import { createRandom, type Random } from './random.ts';

/** Why a notification is sent. A campaign's recipients are all written to at once. */
export type Occasion = 'TRANSACTION' | 'CAMPAIGN';

/** One local day of the demo company and the moments at which it decides to notify somebody, ascending. */
export interface TrafficDay {
  /** First instant of the day, and of the next, epoch milliseconds. */
  start: number;
  end: number;
  /** `20260731`. */
  label: string;
  random: Random;
  notifications: { at: number; occasion: Occasion }[];
}

/** Notifications on an ordinary working day in the middle of the year. */
const WORKDAY_NOTIFICATIONS = 485;
const CAMPAIGN_NOTIFICATIONS = 1500;
/** Share of a working day's volume, Monday to Sunday. */
const WEEKDAY_SHARES = [1, 1.04, 1.03, 1, 0.93, 0.55, 0.45];
/** Relative volume of each hour of the day. */
const WORKDAY_HOURS = hourSlots([
  3, 2, 1, 1, 1, 3, 10, 25, 55, 90, 100, 98, 85, 80, 92, 95, 88, 80, 65, 50, 38, 25, 14, 6,
]);
const WEEKEND_HOURS = hourSlots([
  6, 3, 2, 1, 1, 2, 4, 10, 22, 45, 70, 85, 90, 85, 80, 75, 70, 68, 62, 55, 45, 32, 20, 10,
]);
const HOUR_MS = 3_600_000;

/**
 * The whole local days that meet [from, to). A day depends on the seed and its date alone, never on `from` or `to`: a
 * longer period only adds days, so that demo data may be loaded again later without contradicting itself.
 */
export function* trafficDays(seed: number, from: number, to: number, timeZone: string): Generator<TrafficDay> {
  let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  if (!day.isValid) throw new Error(`No day begins at ${from} in ${timeZone}: ${day.invalidExplanation}`);
  while (day.toMillis() < to) {
    const next = day.plus({ days: 1 });
    const label = day.toFormat('yyyyMMdd');
    const random = createRandom(seed, Number(label));
    yield { start: day.toMillis(), end: next.toMillis(), label, random, notifications: notificationsOf(day, random) };
    day = next;
  }
}

function notificationsOf(day: DateTime, random: Random): TrafficDay['notifications'] {
  const hours = day.weekday < 6 ? WORKDAY_HOURS : WEEKEND_HOURS;
  const start = day.toMillis();
  const volume =
    WORKDAY_NOTIFICATIONS * (WEEKDAY_SHARES[day.weekday - 1] ?? 1) * season(day) * (0.94 + 0.12 * random.next());
  const notifications: TrafficDay['notifications'] = [];
  for (let count = Math.round(volume); count > 0; count--) {
    notifications.push({
      at: start + random.pick(hours) * HOUR_MS + random.between(0, HOUR_MS),
      occasion: 'TRANSACTION',
    });
  }
  if (isCampaignDay(day)) {
    const at = start + random.between(20, 32) * (HOUR_MS / 2);
    for (let count = Math.round(CAMPAIGN_NOTIFICATIONS * season(day)); count > 0; count--) {
      notifications.push({ at: at + random.between(0, 4000), occasion: 'CAMPAIGN' });
    }
  }
  return notifications.sort((a, b) => a.at - b.at);
}

/** The second Thursday of a month: three campaigns in any three months, between 10:00 and 16:00. */
function isCampaignDay(day: DateTime): boolean {
  return day.weekday === 4 && day.day > 7 && day.day <= 14;
}

/** Slow growth from 90 % in January to 110 % in December. It begins anew each year, so that old and new demos are of one size. */
function season(day: DateTime): number {
  return 0.9 + (0.2 * day.ordinal) / 366;
}

/** Each hour as many times as its weight says, to pick from. */
function hourSlots(weights: readonly number[]): number[] {
  return weights.flatMap((weight, hour) => Array<number>(weight).fill(hour));
}
