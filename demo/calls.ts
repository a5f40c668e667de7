import { type CallLine, callLines, type TimedCallLine } from './call-plan.ts';
import { TRUNKS } from './call-profile.ts';
import { type CallDay, callDays } from './call-traffic.ts';

export interface DemoCallOptions {
  seed: number;
  /** Calls start in [from, to); epoch milliseconds. */
  from: number;
  /** The present: nothing later is told, so that the newest calls are still running. */
  to: number;
  /** IANA name: its days and hours set the rhythm. */
  timeZone: string;
}

/** Before every demo, so that loading again changes nothing. */
const NAMED_AT = '2020-01-01T00:00:00Z';

/** Lines of kind `directory`: the trunks of the demo company. */
export function* demoTrunks(): Generator<object> {
  for (const trunk of TRUNKS) yield { kind: 'TRUNK', at: NAMED_AT, ...trunk };
}

/**
 * The lines of kind `calls` that the platform of the demo company would have sent up to `to`, in the order of time. A call
 * depends only on the seed, the zone and its day; a later `to` adds lines and changes none. About 20,000 calls in three months.
 */
export function* demoCalls({ seed, from, to, timeZone }: DemoCallOptions): Generator<CallLine> {
  let waiting: TimedCallLine[] = [];
  for (const day of callDays(seed, from, to, timeZone)) {
    for (const timed of linesOf(day, seed, from)) if (timed.at <= to) waiting.push(timed);
    waiting.sort((a, b) => a.at - b.at);
    const later = waiting.findIndex(({ at }) => at >= day.end);
    const due = later === -1 ? waiting : waiting.slice(0, later);
    for (const { line } of due) yield line;
    waiting = later === -1 ? [] : waiting.slice(later);
  }
  for (const { line } of waiting) yield line;
}

function linesOf({ label, random, starts }: CallDay, seed: number, from: number): TimedCallLine[] {
  return starts.flatMap((start, index) => {
    const id = `demo${seed}-call-${label}-${String(index + 1).padStart(5, '0')}`;
    const lines = callLines(id, start, random);
    return start.at >= from ? lines : [];
  });
}
