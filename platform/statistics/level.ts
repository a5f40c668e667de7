import { identifier, type Sql } from '#platform/database';
import type { Dimension, Fact, Levels } from './fact.ts';

/** A fact whose sums are kept ready by time. */
export type LeveledFact = Fact & { readonly levels: Levels };

/** Sums by quarter of an hour, by hour (both of UTC) and by local day of one zone, from coarse to fine. */
export const LEVELS = ['day', 'hour', 'quarter'] as const;
export type Level = (typeof LEVELS)[number];

/** A table of a fact's levels, or of what is not in them yet. */
export function levelTable(fact: Fact, level: Level | 'delta'): Sql {
  return identifier(`${fact.name}_${level}`);
}

/** The column of a dimension's keys or of a sum: `smsParts` and `SMS_PARTS` are both sms_parts. */
export function levelColumn(name: string): Sql {
  return identifier(
    /[a-z]/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name.toLowerCase(),
  );
}

/** Dimensions that levels have a column for: those of all cuboids, each once. */
export function levelDimensions({ levels }: LeveledFact): readonly string[] {
  return [...new Set(levels.cuboids.flat())];
}

/** The number of an axis in levels. */
export function axisNumber(fact: Fact, axis: string): number {
  return Object.keys(fact.axes).indexOf(axis) + 1;
}

/** The dimension whose key decides a dimension's key: itself, or the one that it follows. */
export function decidingDimension(fact: Fact, name: string): string {
  return fact.dimensions[name]?.follows?.dimension ?? name;
}

/** The key of a dimension, of a row of a level. */
export function levelKey({ follows }: Dimension, name: string): Sql {
  return follows ? follows.key(levelColumn(follows.dimension)) : levelColumn(name);
}

/** The number of the first cuboid that has all these dimensions; undefined where none has. */
export function cuboidFor(fact: LeveledFact, dimensions: readonly string[]): number | undefined {
  const needed = dimensions.map((name) => decidingDimension(fact, name));
  const index = fact.levels.cuboids.findIndex((cuboid) => needed.every((name) => cuboid.includes(name)));
  return index < 0 ? undefined : index + 1;
}

/** What the rows of levels depend on, as one text: levels that were made by another declaration are made anew. */
export function levelShape(fact: LeveledFact): string {
  const { axes, levels, sums } = fact;
  return JSON.stringify({ axes: Object.keys(axes), cuboids: levels.cuboids, sums: Object.keys(sums) });
}

export function hasLevels(fact: Fact): fact is LeveledFact {
  return fact.levels !== undefined;
}
