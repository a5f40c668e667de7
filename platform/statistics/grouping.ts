import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { compareText } from '#platform/ingest';
import type { Buckets } from '#platform/time';
import type { Population } from './population.ts';

/** Keys of lines. */
export type Keys = readonly (readonly string[])[];

/** How an answer is grouped: by bucket, by dimensions, and only lines with these keys, where each is given. */
export interface Grouping {
  readonly buckets?: Buckets;
  readonly by: readonly string[];
  readonly lines?: Keys;
}

/** Called for every group: its bucket (0 where there are none), its keys joined by `lineKey`, and its values. */
type GroupReader = (bucket: number, line: string, values: readonly string[]) => void;

/** Aggregates of a source's rows by group. Names of statements begin with that of the fact. */
export async function readGroups(
  transaction: Transaction,
  population: Population,
  name: string,
  grouping: Grouping & { rows: Sql; aggregates: readonly Sql[] },
  read: GroupReader,
): Promise<void> {
  const { buckets, by, lines, rows, aggregates } = grouping;
  if (lines?.length === 0) return;
  const keys = keyColumns(by);
  const statement = sql`SELECT ${bucketNumber(buckets)} AS bucket, ${join([...keys, ...aggregates])}
    FROM (${rows}) parts${onlyLines(keys, lines)}${groupBy([sql`1`, ...keys])}`;
  for (const [number, ...cells] of await transaction.arrays<string[]>(`${population.fact.name}.${name}`, statement)) {
    read(Number(number) - 1, lineKey(cells.slice(0, by.length)), cells.slice(by.length));
  }
}

/** The keys of a line as one text that no other keys give. */
export function lineKey(keys: readonly string[]): string {
  return keys.join('\0');
}

/** By the first keys that differ, in the order of code points. */
export function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  return at < 0 ? 0 : compareText(a[at] ?? '', b[at] ?? '');
}

/** The columns of a source that have the keys of these dimensions. */
export function keyColumns(by: readonly string[]): Sql[] {
  return by.map((_, index) => identifier(`k${index + 1}`));
}

/** The number of the bucket that a source's row is in, from 1; 1 where there are none. */
export function bucketNumber(buckets: Buckets | undefined): Sql {
  return buckets ? sql`width_bucket(at, ${buckets.boundaries.map(timestamp)}::timestamptz[])` : sql`1`;
}

/** A WHERE clause for rows with these keys; empty where all are wanted. */
export function onlyLines(keys: readonly Sql[], lines: Keys | undefined): Sql {
  if (!lines || keys.length === 0) return sql``;
  const columns = keys.map((_, index) => sql`${lines.map((line) => line[index])}::text[]`);
  return sql` WHERE (${join(keys)}) IN (SELECT * FROM unnest(${join(columns)}))`;
}

/** A GROUP BY clause; empty where there is nothing to group by. */
export function groupBy(keys: readonly Sql[]): Sql {
  return keys.length > 0 ? sql` GROUP BY ${join(keys)}` : sql``;
}
