import type { Sql } from '#platform/database';

/** A property by which rows are grouped and filtered. */
export interface Dimension {
  readonly description: string;
  /** The key of a row, as text; the empty string where the row has no value. */
  readonly key: Sql;
  /** Names of keys, or that they are looked up by whoever asks; a key without a name is labelled with itself. */
  readonly labels?: Readonly<Record<string, string>> | 'kept elsewhere';
}

/** What is added up over rows: the sum of a series is its counter. */
export interface Sum {
  readonly description: string;
  /** The share of one row, an integer: 0 or 1 for counts, millionths for money. */
  readonly value: Sql;
}

/** How many different values the rows have: exact, and not additive over buckets or lines. */
export interface Distinct {
  readonly description: string;
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
}

export type AxisOf<F extends Fact> = keyof F['axes'] & string;
export type DimensionOf<F extends Fact> = keyof F['dimensions'] & string;
export type SumOf<F extends Fact> = keyof F['sums'] & string;
export type DistinctOf<F extends Fact> = keyof F['distincts'] & string;

/** Values of the sums of a fact, by name. */
export type Sums<F extends Fact> = { [Name in SumOf<F>]: bigint };

/** Gives a declaration back with its own names as types. */
export function defineFact<const F extends Fact>(fact: F): F {
  return fact;
}
