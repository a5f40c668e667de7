import { randomUUID } from 'node:crypto';
import { type GivenColumn, givenRows, identifier, join, sql, type Transaction } from '#platform/database';
import {
  axisBit,
  levelColumnName,
  levelDimensions,
  levelTable,
  QUARTER_MS,
  type RollupStatus,
  readableOf,
} from '#platform/statistics';
import type { Contribution, Rollup } from './rollup.ts';
import { addWork } from './work-list.ts';

/** What became of a row: `before` is missing where it is new, `after` where it is gone. */
export interface Change<Row> {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** What a batch adds to one row of the levels, on every axis of the set. */
interface Delta {
  /** One bit an axis. Most rows stand in one quarter of an hour on all of theirs. */
  readonly axes: number;
  readonly bucket: number;
  readonly keys: readonly string[];
  readonly sums: bigint[];
}

/**
 * Notes what changed rows add to the sums of their fact and take away from them, in the transaction that writes the rows and
 * under the company's ingest lock. Companies that are answered from raw rows have only their rows counted.
 * @param moment of the commit, epoch milliseconds
 */
export async function writeDeltas<Row>(
  transaction: Transaction,
  rollup: Rollup<Row>,
  changes: readonly Change<Row>[],
  moment: number,
): Promise<void> {
  if (changes.length === 0) return;
  const added = changes.reduce((sum, { before, after }) => sum + (after ? 1 : 0) - (before ? 1 : 0), 0);
  const { leveled } = await readableOf(transaction, rollup.fact);
  const [status, early] = await Promise.all([
    countRows(transaction, rollup.fact.name, added),
    // Levels come and go under the lock that the caller holds: where there are some, nobody has to wait for what is counted.
    leveled && insertDeltas(transaction, rollup, changes),
  ]);
  if (status === 'raw') {
    // Whether it is time for levels, or for their end, is for whoever looks after the company.
    if (added !== 0) await addWork(transaction, moment);
    return;
  }
  const deltas = early ?? (await insertDeltas(transaction, rollup, changes));
  if (deltas > 0 || added !== 0) await addWork(transaction, moment);
}

async function countRows(transaction: Transaction, fact: string, added: number): Promise<RollupStatus> {
  const [row] = await transaction.arrays<[RollupStatus]>(
    'rollup_state.count',
    sql`INSERT INTO rollup_state AS known (company_id, fact, status, row_count)
      VALUES (${transaction.companyId}, ${fact}, 'raw', ${added})
      ON CONFLICT (company_id, fact) DO UPDATE SET row_count = known.row_count + excluded.row_count RETURNING status`,
  );
  return row?.[0] ?? 'raw';
}

/** The sums of changes by axes, quarter of an hour and keys; those that cancel each other out are left out. Pure. */
export function deltasOf<Row>(rollup: Rollup<Row>, changes: readonly Change<Row>[]): Delta[] {
  const deltas = new Deltas(rollup);
  for (const { before, after } of changes) {
    if (before) deltas.add(before, -1n);
    if (after) deltas.add(after, 1n);
  }
  return deltas.notZero();
}

class Deltas<Row> {
  private readonly byKey = new Map<string, Delta>();
  private readonly axes: readonly (readonly [axis: string, bit: number])[];
  private readonly dimensions: readonly string[];
  private readonly sums: readonly string[];

  constructor(private readonly rollup: Rollup<Row>) {
    const { fact } = rollup;
    this.axes = Object.keys(fact.axes).map((axis) => [axis, axisBit(fact, axis)]);
    this.dimensions = levelDimensions(fact);
    this.sums = Object.keys(fact.sums);
  }

  add(row: Row, sign: 1n | -1n): void {
    const contribution = this.rollup.contribution(row);
    const keys = this.dimensions.map((name) => contribution.keys[name] ?? '');
    for (const [bucket, axes] of this.placesOf(contribution)) {
      const { sums } = this.delta(axes, bucket, keys);
      this.sums.forEach((name, index) => {
        const share = contribution.sums[name];
        if (share) sums[index] = (sums[index] ?? 0n) + sign * BigInt(share);
      });
    }
  }

  notZero(): Delta[] {
    return [...this.byKey.values()].filter(({ sums }) => sums.some((sum) => sum !== 0n));
  }

  /** The quarters in which a row stands, each with the set of axes on which it does. */
  private placesOf({ moments }: Contribution): Map<number, number> {
    const places = new Map<number, number>();
    for (const [axis, bit] of this.axes) {
      const moment = moments[axis];
      if (moment == null) continue;
      const bucket = floorToQuarter(moment);
      places.set(bucket, (places.get(bucket) ?? 0) | bit);
    }
    return places;
  }

  private delta(axes: number, bucket: number, keys: readonly string[]): Delta {
    // No key holds NUL: the database would refuse it.
    const key = `${axes}\0${bucket}\0${keys.join('\0')}`;
    let delta = this.byKey.get(key);
    if (!delta) {
      delta = { axes, bucket, keys, sums: this.sums.map(() => 0n) };
      this.byKey.set(key, delta);
    }
    return delta;
  }
}

function floorToQuarter(moment: number): number {
  return Math.floor(moment / QUARTER_MS) * QUARTER_MS;
}

/** Writes what changes add to the levels; how many rows that are. */
async function insertDeltas<Row>(
  transaction: Transaction,
  rollup: Rollup<Row>,
  changes: readonly Change<Row>[],
): Promise<number> {
  const { fact } = rollup;
  const deltas = deltasOf(rollup, changes);
  if (deltas.length === 0) return 0;
  const columns: GivenColumn[] = [
    { name: 'ordinal', type: 'integer', values: deltas.map((_, ordinal) => ordinal) },
    { name: 'axis', type: 'smallint', values: deltas.map(({ axes }) => axes) },
    { name: 'bucket', type: 'timestamptz', values: deltas.map(({ bucket }) => bucket) },
    ...levelDimensions(fact).map((dimension, index): GivenColumn => {
      return { name: levelColumnName(dimension), type: 'text', values: deltas.map(({ keys }) => keys[index]) };
    }),
    ...Object.entries(fact.sums).map(([sum, { unbounded }], index): GivenColumn => {
      const type = unbounded ? 'numeric' : 'bigint';
      return { name: levelColumnName(sum), type, values: deltas.map(({ sums }) => sums[index]) };
    }),
  ];
  const names = columns.map(({ name }) => identifier(name));
  return transaction.execute(
    `${fact.name}.add_deltas`,
    sql`INSERT INTO ${levelTable(fact, 'delta')} (company_id, batch, ${join(names)})
      SELECT ${transaction.companyId}, ${randomUUID()}, * FROM (${givenRows(columns)}) deltas`,
  );
}
