import { LineFault } from './line-fault.ts';
import { showValue } from './show-value.ts';
import { compareText } from './text-order.ts';

/** Below 0 where `a` is the lesser, 0 where both are equal. */
export type Compare<T> = (a: T, b: T) => number;

/** An optional field's value with the time of the event that carried it (epoch ms). */
export interface Stamped<T> {
  readonly value: T;
  readonly at: number;
}

/** A status with the time at which it was reached (epoch ms). */
export interface StatusAt<S extends string> {
  readonly status: S;
  readonly at: number;
}

/** A column's value or a line's: null and undefined both mean that there is none. */
type Optional<T> = T | null | undefined;

/** Orders numbers by size, and bigints. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Of two stamped values the one with the greater stamp; at equal stamps the greater value. Where they are equal, and
 * where the known one stands, the known object itself is returned, so that `===` tells whether anything changed.
 */
export function laterOf<T>(known: Stamped<T>, incoming: Optional<Stamped<T>>, compare: Compare<T>): Stamped<T>;
export function laterOf<T>(known: Optional<Stamped<T>>, incoming: Stamped<T>, compare: Compare<T>): Stamped<T>;
export function laterOf<T>(
  known: Optional<Stamped<T>>,
  incoming: Optional<Stamped<T>>,
  compare: Compare<T>,
): Stamped<T> | undefined;
export function laterOf<T>(known: Optional<Stamped<T>>, incoming: Optional<Stamped<T>>, compare: Compare<T>) {
  if (!known || !incoming) return known ?? incoming ?? undefined;
  const order = known.at - incoming.at || compare(known.value, incoming.value);
  return order < 0 ? incoming : known;
}

/**
 * Makes the rule that decides between two states: the greater by rank of status, then `at`, then the status's name by
 * code points. A total order, so the last state is the same whatever came first. Returns the known object itself where
 * it stands.
 * @param rank rank of every status; a higher one is never replaced by a lower one
 */
export function greaterStatus<S extends string>(
  rank: Readonly<Record<S, number>>,
): (known: Optional<StatusAt<S>>, incoming: StatusAt<S>) => StatusAt<S> {
  return (known, incoming) => {
    if (!known) return incoming;
    const order =
      rank[known.status] - rank[incoming.status] ||
      known.at - incoming.at ||
      compareText(known.status, incoming.status);
    return order < 0 ? incoming : known;
  };
}

/** The lesser of two numbers that may be missing; null where both are. */
export function leastOf(a: Optional<number>, b: Optional<number>): number | null {
  if (a == null || b == null) return a ?? b ?? null;
  return Math.min(a, b);
}

/** The greater of two numbers that may be missing; null where both are. */
export function greatestOf(a: Optional<number>, b: Optional<number>): number | null {
  if (a == null || b == null) return a ?? b ?? null;
  return Math.max(a, b);
}

/**
 * Merges a field that never changes: one that is missing may be supplied by a later line, the same value may come again.
 * @param show how a message writes the value, `showInstant` for epoch ms; 'hidden' for what people wrote and its hash
 * @returns the value, or null where neither side has one
 * @throws LineFault IMMUTABLE_FIELD where both have one and they differ
 */
export function identityField<T extends string | number | bigint | boolean>(
  field: string,
  known: Optional<T>,
  incoming: Optional<T>,
  show: ((value: T) => string) | 'hidden' = showValue,
): T | null {
  if (known == null || incoming == null) return known ?? incoming ?? null;
  if (known === incoming) return known;
  const problem =
    show === 'hidden'
      ? `${field} differs from the known one, and never changes`
      : `${field} is known to be ${show(known)} and never changes, but this line says ${show(incoming)}`;
  const remedy = 'send the known value, or use another id for another event';
  throw new LineFault('IMMUTABLE_FIELD', `${problem}; ${remedy}.`, field);
}
