import type { Sql } from '#platform/database';

/** A property by which rows are grouped and filtered. */
export interface Dimension {
  readonly description: string;
  /** The key of a row, as text; the empty string where the row has no value. */
  readonly key: Sql;
  /** A row may have several values: `key` gives a row for each (`unnest(...)`), and lines do not add up to the whole. */
  readonly multiple?: boolean;
  /** Where the key follows from another dimension's key alone: levels keep that one only. */
  readonly follows?: { readonly dimension: string; readonly key: (of: Sql) => Sql };
  /** Names of keys, or that they are looked up by whoever asks; a key without a name is labelled with itself. */
  readonly labels?: Readonly<Record<string, string>> | 'kept elsewhere';
}

/** What is added up over rows: the sum of a series is its counter. */
export interface Sum {
  readonly description: string;
  /** The share of one row, an integer: 0 or 1 for counts, millionths for money. */
  readonly value: Sql;
  /** May outgrow a bigint when it is added up, as prices do: levels keep it as numeric. */
  readonly unbounded?: boolean;
}

/** How many different values the rows have: exact, and not additive over buckets or lines. */
export interface Distinct {
  readonly description: string;
  readonly value: Sql;
  /**
   * Where most rows are the only one with their value: `sum` adds those up, and only the rows of the flag `repeated` are looked at
   * one by one. Rows that share a value all have the flag; a row that has it needs not share its value any more.
   */
  readonly alone?: { readonly sum: string; readonly repeated: Sql };
}

/** A time that rows took, of which mean, percentiles and the longest are asked: exact, and not additive. */
export interface Duration {
  readonly description: string;
  /** Whole milliseconds; null for rows that have none. */
  readonly value: Sql;
}

/**
 * What a subgraph counts: a table of current rows, the moments that place a row in time, the dimensions, and the measures.
 * Everything that is asked of it is built from this declaration. `total` is the number of rows; it orders lines and is what
 * shares refer to.
 */
export interface Fact {
  readonly name: string;
  /** One row a thing counted, with company_id. */
  readonly table: Sql;
  /** Columns of type timestamptz. A row whose column is null is not in a population of that axis. */
  readonly axes: Readonly<Record<string, Sql>>;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly sums: Readonly<Record<string, Sum>> & { readonly total: Sum };
  readonly distincts: Readonly<Record<string, Distinct>>;
  readonly durations?: Readonly<Record<string, Duration>>;
  /** Where large companies are answered from levels: see `#platform/rollups`. */
  readonly levels?: Levels;
}

/**
 * Which sums a fact keeps ready by time: a row for every bucket and every combination of values that occurs, in tables named
 * after the fact (`messages_quarter`, `messages_hour`, `messages_day`, and `messages_delta` for what is not in these yet).
 */
export interface Levels {
  /** Lists of dimensions, the shorter first: an answer is read from the first that has all it groups and filters by. */
  readonly cuboids: readonly (readonly string[])[];
}

export type AxisOf<F extends Fact> = keyof F['axes'] & string;
export type DimensionOf<F extends Fact> = keyof F['dimensions'] & string;
export type SumOf<F extends Fact> = keyof F['sums'] & string;
export type DistinctOf<F extends Fact> = keyof F['distincts'] & string;
export type DurationOf<F extends Fact> = keyof NonNullable<F['durations']> & string;

/** Values of the sums of a fact, by name. */
export type Sums<F extends Fact> = { [Name in SumOf<F>]: bigint };

/** Gives a declaration back with its own names as types. */
export function defineFact<const F extends Fact>(fact: F): F {
  return fact;
}
