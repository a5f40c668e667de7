import { DateTime } from 'luxon';
import type { Direction } from './call-profile.ts';
import { createRandom, type Random } from './random.ts';

/** The beginning of one call. `isCampaign`: one of the many that a dialer makes at once. */
export interface CallStart {
  at: number;
  direction: Direction;
  isCampaign: boolean;
}

/** One local day of the demo company and the calls that begin on it, ascending. */
export interface CallDay {
  /** First instant of the next day, epoch milliseconds. */
  end: number;
  /** `20260731`. */
  label: string;
  random: Random;
  starts: CallStart[];
}

/** Keeps the chance of calls apart from that of messages of the same day. */
const CALLS = 2;
/** Calls of an ordinary working day in the middle of the year, without campaigns. */
const WORKDAY_CALLS = 230;
const CAMPAIGN_CALLS = 180;
/** Calls that the dialer begins within one second of a burst, at most. */
const BURST_CALLS = 7;
/** Share of a working day's volume, Monday to Sunday. */
const WEEKDAY_SHARES = [1.08, 1.02, 1, 1, 0.94, 0.42, 0.28];
/** Relative volume of each hour of the day. */
const HOURS = [1, 1, 0, 0, 0, 1, 4, 14, 48, 92, 100, 96, 80, 82, 94, 90, 84, 70, 44, 26, 18, 11, 6, 2].flatMap(
  (weight, hour) => Array<number>(weight).fill(hour),
);
const HOUR_MS = 3_600_000;

/**
 * The whole local days that meet [from, to). A day depends on the seed and its date alone, so that a longer period only adds
 * days.
 */
export function* callDays(seed: number, from: number, to: number, timeZone: string): Generator<CallDay> {
  let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  while (day.toMillis() < to) {
    const next = day.plus({ days: 1 });
    const label = day.toFormat('yyyyMMdd');
    const random = createRandom(seed, Number(label), CALLS);
    yield { end: next.toMillis(), label, random, starts: startsOf(day, random) };
    day = next;
  }
}

function startsOf(day: DateTime, random: Random): CallStart[] {
  const start = day.toMillis();
  const volume = WORKDAY_CALLS * (WEEKDAY_SHARES[day.weekday - 1] ?? 1) * (0.92 + 0.16 * random.next());
  const starts: CallStart[] = [];
  for (let count = Math.round(volume); count > 0; count--) {
    const at = start + random.pick(HOURS) * HOUR_MS + random.between(0, HOUR_MS);
    starts.push({ at, direction: random.chance(0.52) ? 'INBOUND' : 'OUTBOUND', isCampaign: false });
  }
  if (isCampaignDay(day)) starts.push(...campaignOf(start, random));
  return starts.sort((a, b) => a.at - b.at);
}

/** A campaign: bursts of some calls within one second, with pauses of some seconds. */
function campaignOf(start: number, random: Random): CallStart[] {
  const starts: CallStart[] = [];
  let second = start + random.between(20, 32) * (HOUR_MS / 2);
  while (starts.length < CAMPAIGN_CALLS) {
    for (let count = random.between(1, BURST_CALLS + 1); count > 0; count--) {
      starts.push({ at: second + random.between(0, 1000), direction: 'OUTBOUND', isCampaign: true });
    }
    second += 1000 * random.between(1, 9);
  }
  return starts;
}

/** Tuesdays and Thursdays. */
function isCampaignDay(day: DateTime): boolean {
  return day.weekday === 2 || day.weekday === 4;
}
