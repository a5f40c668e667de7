import type { Sql } from '#platform/database';
import type { LeveledFact } from '#platform/statistics';

/** What one row adds to its fact's sums: where it stands on each axis, its keys, and its share of each sum. */
export interface Contribution {
  /** Epoch milliseconds by axis; null where the row is not on it. */
  readonly moments: Readonly<Record<string, number | null>>;
  /** Keys of the dimensions that levels have a column for; the empty string for no value. */
  readonly keys: Readonly<Record<string, string>>;
  readonly sums: Readonly<Record<string, number | bigint>>;
}

/**
 * How rows in Node count in the levels of a fact. It must say of each row what the fact's SQL says of it in the table: `rollups
 * verify` and the property tests hold both equal.
 */
export interface Rollup<Row> {
  readonly fact: LeveledFact;
  contribution(row: Row): Contribution;
  /** The column that tells rows of a company apart, of a fact whose old rows may be dropped while their sums stay. */
  readonly rowKey?: Sql;
}

/** A rollup whatever its rows: what folds, builds and compares needs the fact only. */
export type AnyRollup = Pick<Rollup<never>, 'fact' | 'rowKey'>;
