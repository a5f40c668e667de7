import { identifier, join, type Sql, sql, type Transaction } from '#platform/database';

/** What is added to one row of a table of days. */
export interface DayChange {
  /** In the order of the table's keys. */
  readonly keys: readonly (string | number)[];
  /** In the order of its sums; negative where something goes. */
  readonly sums: readonly number[];
}

/** A table of sums by local day: rows come with the first thing that they count and go with the last. */
export class DayTable {
  constructor(
    readonly name: string,
    /** Columns of the key beside company_id, with the types of arrays of their values. */
    private readonly keys: Readonly<Record<string, Sql>>,
    /** Columns of type bigint. */
    private readonly sums: readonly string[],
  ) {}

  /** Adds changes, those of one row together. The caller holds the company's lock. */
  async add(transaction: Transaction, changes: readonly DayChange[]): Promise<void> {
    const rows = addUp(changes);
    if (rows.length === 0) return;
    const { companyId } = transaction;
    const names = Object.keys(this.keys).map((name) => identifier(name));
    const sums = this.sums.map((name) => identifier(name));
    const table = identifier(this.name);
    await transaction.execute(
      `${this.name}.add`,
      sql`INSERT INTO ${table} AS known (company_id, ${join([...names, ...sums])})
        SELECT ${companyId}, * FROM unnest(${join([...this.keyArrays(rows), ...this.sumArrays(rows)])})
        ON CONFLICT (company_id, ${join(names)}) DO UPDATE
        SET ${join(sums.map((sum) => sql`${sum} = known.${sum} + excluded.${sum}`))}`,
    );
    const fewer = rows.filter((row) => row.sums.some((sum) => sum < 0));
    if (fewer.length === 0) return;
    await transaction.execute(
      `${this.name}.remove_empty`,
      sql`DELETE FROM ${table} WHERE company_id = ${companyId} AND ${join(
        sums.map((sum) => sql`${sum} = 0`),
        sql` AND `,
      )} AND (${join(names)}) IN (SELECT * FROM unnest(${join(this.keyArrays(fewer))}))`,
    );
  }

  private keyArrays(rows: readonly DayChange[]): Sql[] {
    return Object.values(this.keys).map((type, index) => sql`${rows.map(({ keys }) => keys[index])}::${type}[]`);
  }

  private sumArrays(rows: readonly DayChange[]): Sql[] {
    return this.sums.map((_, index) => sql`${rows.map(({ sums }) => sums[index])}::bigint[]`);
  }
}

/** One change a row, in the order of keys; what cancels out is left out. */
function addUp(changes: readonly DayChange[]): DayChange[] {
  const rows = new Map<string, { keys: DayChange['keys']; sums: number[] }>();
  for (const { keys, sums } of changes) {
    const key = keys.join('\0');
    const row = rows.get(key);
    if (row) row.sums = row.sums.map((sum, index) => sum + (sums[index] ?? 0));
    else rows.set(key, { keys, sums: [...sums] });
  }
  return [...rows]
    .filter(([, { sums }]) => sums.some((sum) => sum !== 0))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);
}
