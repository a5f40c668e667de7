import { attemptLines, type MessageLine, type TimedLine } from './message-attempt.ts';
import { planNotification } from './message-plan.ts';
import { type TrafficDay, trafficDays } from './message-traffic.ts';
import { orderedLines } from './ordered-lines.ts';

export interface DemoMessageOptions {
  seed: number;
  /** Messages are created in [from, to); epoch milliseconds. */
  from: number;
  /** The present: nothing later is told, so that the newest messages are still on their way. */
  to: number;
  /** IANA name: its days and hours set the rhythm. */
  timeZone: string;
}

/** Pause between two messages of one campaign. */
const CAMPAIGN_PACE_MS = 900;

/**
 * The lines of kind `messages` that the platform of the demo company would have sent up to `to`, in the order of time:
 * several for most messages. A message depends only on the seed, the zone and its day; a later `to` adds lines and
 * changes none, so loading again is always consistent. About 45,000 messages in three months.
 */
export function demoMessages(options: DemoMessageOptions): Generator<MessageLine> {
  const { seed, from, to, timeZone } = options;
  const days = trafficDays(seed, from, to, timeZone);
  return orderedLines(days, (day) => linesOf(day, seed, from), to);
}

function linesOf({ label, random, notifications }: TrafficDay, seed: number, from: number): TimedLine[] {
  const lines: TimedLine[] = [];
  let campaignTurn = 0;
  for (const [index, { at, occasion }] of notifications.entries()) {
    const id = `demo${seed}-${label}-${String(index + 1).padStart(5, '0')}`;
    if (occasion === 'CAMPAIGN') campaignTurn = Math.max(campaignTurn, at) + CAMPAIGN_PACE_MS;
    const turnAt = occasion === 'CAMPAIGN' ? campaignTurn : at;
    const attempts = planNotification({ id, at, occasion, turnAt }, random);
    for (const attempt of attempts) {
      const told = attemptLines(attempt, random);
      if (at >= from) lines.push(...told);
    }
  }
  return lines;
}
