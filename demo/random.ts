/** A seeded source of chance: the same seed gives the same sequence on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [least, below). */
  between(least: number, below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, each as likely as the others. */
  pick<T>(items: readonly T[]): T;
  /** One of the keys, each as likely as its weight. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
  /** A waiting time in whole milliseconds with this mean, exponentially distributed, cut at 20 times the mean. */
  waitMs(meanMs: number): number;
}

/** Makes a source of chance (mulberry32) from numbers that name what it is for, such as a seed and a date. */
export function createRandom(...seeds: number[]): Random {
  let state = seeds.reduce((mixed, seed) => mix(mixed ^ seed), 0x9e3779b9);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
  const between = (least: number, below: number) => least + Math.floor(next() * (below - least));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length)] as (typeof items)[number],
    weighted: (weights) => pickWeighted(next(), weights),
    waitMs: (meanMs) => Math.min(Math.round(-Math.log(1 - next()) * meanMs), 20 * meanMs),
  };
}

/** Spreads the bits of a 32-bit number: the mixing step of mulberry32. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return mixed ^ (mixed >>> 14);
}

function pickWeighted<K extends string>(share: number, weights: Readonly<Partial<Record<K, number>>>): K {
  let total = 0;
  for (const key in weights) total += weights[key] ?? 0;
  let rest = share * total;
  let last: K | undefined;
  for (const key in weights) {
    rest -= weights[key] ?? 0;
    if (rest < 0) return key;
    last = key;
  }
  return last as K; // Reached only by a rounding error of the subtractions.
}
