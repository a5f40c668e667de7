import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_ENTRIES = 16_384;

/**
 * Merges runs that are each in order into one order. Stable: of equal entries the one of the earlier run comes first.
 * The event loop takes a turn after every 16,384 steps.
 * @param ends end of each run; run r holds the entries [ends[r - 1] or 0, ends[r])
 * @param compare below 0 where the first entry comes first
 * @returns all entries (0 to the last end) in order
 */
export async function mergeRuns(
  ends: readonly number[],
  compare: (a: number, b: number) => number,
): Promise<Uint32Array> {
  let order = new Uint32Array(ends.at(-1) ?? 0);
  for (let entry = 0; entry < order.length; entry += 1) order[entry] = entry;
  let spare = new Uint32Array(order.length);
  for (let bounds = ends; bounds.length > 1; bounds = everySecond(bounds)) {
    for (let pair = 0; pair < bounds.length; pair += 2) {
      const start = bounds[pair - 1] ?? 0;
      const middle = bounds[pair] as number;
      await mergePair(order, spare, start, middle, bounds[pair + 1] ?? middle, compare);
    }
    [order, spare] = [spare, order];
  }
  return order;
}

function everySecond(bounds: readonly number[]): number[] {
  return bounds.filter((_, i) => i % 2 === 1 || i === bounds.length - 1);
}

/** Merges from[start, middle) and from[middle, end) into to[start, end). */
async function mergePair(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  compare: (a: number, b: number) => number,
): Promise<void> {
  let left = start;
  let right = middle;
  for (let i = start; i < end; i += 1) {
    if (i % TURN_ENTRIES === 0) await nextTurn();
    const takeLeft = right === end || (left < middle && compare(from[left] as number, from[right] as number) <= 0);
    to[i] = from[takeLeft ? left++ : right++] as number;
  }
}
