import { identifier, join, type Sql, sql } from '#platform/database';
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
export function levelColumnName(name: string): string {
  return /[a-z]/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name.toLowerCase();
}

/** The same as a piece of SQL. */
export function levelColumn(name: string): Sql {
  return identifier(levelColumnName(name));
}

/** Dimensions that levels have a column for: those of all cuboids, each once. */
export function levelDimensions({ levels }: LeveledFact): readonly string[] {
  return [...new Set(levels.cuboids.flat())];
}

/** The number of an axis in levels. */
export function axisNumber(fact: Fact, axis: string): number {
  return Object.keys(fact.axes).indexOf(axis) + 1;
}

/** The bit of an axis in the sets of axes that deltas have. */
export function axisBit(fact: Fact, axis: string): number {
  return 1 << (axisNumber(fact, axis) - 1);
}

/**
 * Deltas as levels have their rows: one for each axis of a delta's set.
 * @param deltas the table, or rows of it
 * @param columns beside `axis`
 */
export function deltasByAxis(fact: Fact, deltas: Sql, columns: readonly Sql[]): Sql {
  const axes = Object.keys(fact.axes).map(
    (axis) => sql`(${axisNumber(fact, axis)}::smallint, ${axisBit(fact, axis)}::smallint)`,
  );
  return sql`SELECT axes.number AS axis, ${join(columns)}
    FROM ${deltas} AS deltas JOIN (VALUES ${join(axes)}) AS axes(number, bit) ON deltas.axis & axes.bit <> 0`;
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
