import { isDeepStrictEqual } from 'node:util';
import type { Finding } from './benchmark.ts';
import { median } from './rounds.ts';

/** How much faster than the other, at least; with it `ratio` is other through this. */
export interface Faster {
  readonly least: number;
}

/** How much slower than the other, at most; with it `ratio` is this through other. */
export interface Dearer {
  readonly most: number;
}

/** Two kinds of work that were timed in the same rounds, and what is wanted of them. */
export interface Comparison {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly thisMs: readonly number[];
  readonly otherMs: readonly number[];
  readonly target: Faster | Dearer;
  /** How a time is shown; as milliseconds by default. */
  readonly show?: (ms: number) => string;
}

/** Turns times of the same rounds into a line: the ratio is the median of the rounds' ratios. */
export function compareTimes(comparison: Comparison): Finding {
  const { name, what, against, thisMs, otherMs, target, show = showMs } = comparison;
  const faster = 'least' in target;
  const ratios = thisMs.map((ms, round) => {
    const other = otherMs[round] as number;
    return faster ? other / ms : ms / other;
  });
  const ratio = median(ratios);
  return {
    name,
    what,
    this: show(median(thisMs)),
    other: `${show(median(otherMs))} (${against})`,
    ratio,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    target: faster ? `>= ${target.least}` : `<= ${target.most}`,
    met: faster ? ratio >= target.least : ratio <= target.most,
  };
}

/** Throws where two answers to the same question differ, with the first place at which they do. */
export function expectEqual(what: string, one: unknown, other: unknown): void {
  if (isDeepStrictEqual(one, other)) return;
  throw new Error(`${what}: the answers differ, ${difference(one, other, '')}`);
}

function difference(one: unknown, other: unknown, path: string): string {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const key = keys.find((name) => !isDeepStrictEqual(one[name], other[name]));
    if (key !== undefined) return difference(one[key], other[key], `${path}/${key}`);
  }
  return `at ${path || '/'}: ${inspect(one)} and ${inspect(other)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function inspect(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part))?.slice(0, 200) ?? 'nothing';
}

function showMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en-US')} ms`;
}

/** How a time is shown as the throughput of so many things. */
export function perSecond(count: number, unit: string): (ms: number) => string {
  return (ms) => `${Math.round((count / ms) * 1000).toLocaleString('en-US')} ${unit}/s`;
}
