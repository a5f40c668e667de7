import type { CompanyId, Sql } from '#platform/database';
import { badInput } from '#platform/errors';
import type { Period } from '#platform/time';
import type { Fact } from './fact.ts';

/** Rows whose key of a dimension is one of these. */
export interface Restriction<Dimension extends string = string> {
  readonly dimension: Dimension;
  readonly keys: readonly string[];
}

/** Which rows are counted: of one company, placed in one period by one axis, within all restrictions. */
export interface Population<F extends Fact = Fact> {
  readonly fact: F;
  readonly companyId: CompanyId;
  /** One of the fact's axes. */
  readonly axis: string;
  readonly period: Period;
  readonly restrictions: readonly Restriction[];
  /** Further conditions on a row, which no list of a dimension's keys can word; each an expression that is true or false. */
  readonly conditions?: readonly Sql[];
}

/**
 * One restriction a filter that is set: null, absent and the empty list all mean none. Texts that the database cannot hold (with
 * NUL, or half of a surrogate pair) are no row's key and are left out.
 */
export function restrictionsOf<Dimension extends string>(
  filters: Readonly<Partial<Record<Dimension, readonly string[] | null | undefined>>>,
): Restriction<Dimension>[] {
  return Object.entries(filters).flatMap(([dimension, keys]) => {
    const wanted = keys as readonly string[] | null | undefined;
    if (!wanted || wanted.length === 0) return [];
    // No row has a key that PostgreSQL refuses as a value: such a filter lets nothing through.
    const possible = [...new Set(wanted)].filter((key) => key.isWellFormed() && !key.includes('\0'));
    return [{ dimension: dimension as Dimension, keys: possible }];
  });
}

export const DEFAULT_LINES = 100;
export const LARGEST_LINES = 1000;

/** How many lines an answer has at most. Throws where `first` is outside 1 to 1000. */
export function readFirst(first: number | null | undefined): number {
  if (first == null) return DEFAULT_LINES;
  if (first >= 1 && first <= LARGEST_LINES) return first;
  throw badInput(['first'], `${first} is outside 1 to ${LARGEST_LINES}; ask for a number within.`);
}

/** Dimensions to group by, each named once. Throws where one is repeated or is none of the fact's. */
export function readDimensions(fact: Fact, by: readonly string[] | null | undefined): readonly string[] {
  const dimensions = by ?? [];
  const allowed = Object.keys(fact.dimensions);
  const unknown = dimensions.find((dimension) => !allowed.includes(dimension));
  if (unknown) throw badInput(['by'], `${unknown} is no dimension of ${fact.name}; these are: ${allowed.join(', ')}.`);
  const repeated = dimensions.find((dimension, index) => dimensions.indexOf(dimension) !== index);
  if (repeated) throw badInput(['by'], `names ${repeated} twice; name each dimension once.`);
  return dimensions;
}
