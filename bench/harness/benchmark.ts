import type { Sizes } from '../sizes.ts';
import type { World } from '../world.ts';

/** One line of the table: what was compared and how it came out. */
export interface Finding {
  /** Of the benchmark: D4. */
  readonly name: string;
  readonly what: string;
  readonly this: string;
  readonly other: string;
  /** Missing where something is counted and not compared. */
  readonly ratio?: number;
  /** Least and greatest ratio of a single round. */
  readonly spread?: readonly [number, number];
  readonly target: string;
  readonly met: boolean;
}

/** What a benchmark works with. */
export interface Bench {
  readonly world: World;
  readonly sizes: Sizes;
}

/** One benchmark: makes what it needs, checks that the answers are equal, and only then measures. */
export interface Benchmark {
  readonly name: string;
  /** A sentence on what it shows. */
  readonly shows: string;
  /** Throws where answers differ that have to be equal. */
  run(bench: Bench): Promise<Finding[]>;
}
