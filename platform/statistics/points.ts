import { identifier, join, sql, type Transaction } from '#platform/database';
import type { Buckets } from '#platform/time';
import type { Fact, SumOf } from './fact.ts';
import { bucketNumber, type Grouping, groupBy, keyColumns, lineKey, onlyLines } from './grouping.ts';
import type { SumRows } from './source.ts';

/** One value a bucket, in the order of the buckets, 0 where nothing is. */
export type Points = readonly bigint[];

/**
 * The points of some sums: for each sum those of the lines that occur, by the key of the line. Two lines of text a line and sum
 * are far cheaper to pass on than a row a point.
 */
export async function readPoints<F extends Fact>(
  transaction: Transaction,
  fact: F,
  { rows, buckets, by, lines }: Grouping & { rows: SumRows; buckets: Buckets },
  sums: readonly SumOf<F>[],
): Promise<Map<string, Points>[]> {
  if (lines?.length === 0) return sums.map(() => new Map());
  const keys = keyColumns(by);
  const added = sums.map(
    (_, index) => sql`coalesce(sum(${identifier(`v${index + 1}`)}), 0) AS ${identifier(`s${index + 1}`)}`,
  );
  const listed = sums.map((_, index) => sql`string_agg(${identifier(`s${index + 1}`)}::text, ',')`);
  const answer = await transaction.arrays<(string | null)[]>(
    `${fact.name}.series`,
    sql`SELECT ${join([...keys, sql`string_agg(bucket::text, ',')`, ...listed])} FROM (
      SELECT ${join([sql`${bucketNumber(buckets)} AS bucket`, ...keys, ...added])}
      FROM (${rows(sums)}) parts${onlyLines(keys, lines)}${groupBy([sql`1`, ...keys])}) points${groupBy(keys)}`,
  );
  return sums.map((_, index) => {
    const ofLine = (cells: (string | null)[]): [string, Points] => [
      lineKey(cells.slice(0, by.length) as string[]),
      placePoints(buckets, cells[by.length], cells[by.length + 1 + index]),
    ];
    return new Map(answer.map(ofLine));
  });
}

/** Points of two lists as text, numbers of buckets from 1 and their values; either is null where nothing is. */
export function placePoints(
  { partial }: Buckets,
  numbers: string | null = null,
  values: string | null = null,
): bigint[] {
  const points = new Array<bigint>(partial.length).fill(0n);
  const given = values?.split(',') ?? [];
  for (const [index, number] of numbers?.split(',').entries() ?? [])
    points[Number(number) - 1] = BigInt(given[index] ?? 0);
  return points;
}
