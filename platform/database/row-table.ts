import { type GivenColumn, givenRows } from './given-rows.ts';
import { identifier, join, type Sql, sql } from './sql.ts';
import type { Transaction } from './transaction.ts';

/** A column of a table of rows. */
export type Column = Omit<GivenColumn, 'values'>;

/**
 * A table of current rows, read and written in batches of one company. `columns` names the column of each field; `id` must be
 * among them, and PRIMARY KEY is company_id with its column, whatever that is called.
 */
export class RowTable<Row extends { id: string }> {
  private readonly fields: readonly (readonly [field: keyof Row & string, column: Column])[];
  private readonly key: Sql;

  constructor(
    private readonly table: string,
    private readonly columns: Readonly<Record<keyof Row & string, Column>>,
  ) {
    this.key = identifier(columns.id.name);
    this.fields = Object.entries<Column>(columns) as [keyof Row & string, Column][];
  }

  /** The rows with these ids, by id. */
  async read(transaction: Transaction, ids: readonly string[]): Promise<Map<string, Row>> {
    const rows = await this.select(transaction, 'read', this.key, ids);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** All rows whose value of a text field is one of these, in no order. */
  async readBy(transaction: Transaction, field: keyof Row & string, values: readonly string[]): Promise<Row[]> {
    const { name } = this.columns[field];
    return this.select(transaction, `read_by_${name}`, identifier(name), values);
  }

  /** Adds rows that are not there yet, in the order of their ids. */
  async insert(transaction: Transaction, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const columns = join(this.fields.map(([, { name }]) => identifier(name)));
    const written = await transaction.execute(
      `${this.table}.insert`,
      sql`INSERT INTO ${identifier(this.table)} (company_id, ${columns})
        SELECT ${transaction.companyId}, * FROM (${this.given(rows)}) new`,
    );
    this.expect(written, rows.length);
  }

  /** Writes all columns of rows that are there. */
  async update(transaction: Transaction, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const names = this.fields.map(([, { name }]) => identifier(name));
    const set = join(names.map((name) => sql`${name} = new.${name}`));
    const written = await transaction.execute(
      `${this.table}.update`,
      sql`UPDATE ${identifier(this.table)} AS old SET ${set} FROM (${this.given(rows)}) new
        WHERE old.company_id = ${transaction.companyId} AND old.${this.key} = new.${this.key}`,
    );
    this.expect(written, rows.length);
  }

  /** Removes the rows with these ids. */
  async delete(transaction: Transaction, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await transaction.execute(
      `${this.table}.delete`,
      sql`DELETE FROM ${identifier(this.table)} WHERE company_id = ${transaction.companyId} AND ${this.key} = ANY(${ids}::text[])`,
    );
  }

  /** Whether two rows have the same values in all columns. */
  isSame(one: Row, other: Row): boolean {
    return this.fields.every(([field]) => one[field] === other[field]);
  }

  private async select(transaction: Transaction, verb: string, column: Sql, values: readonly string[]): Promise<Row[]> {
    const columns = join(this.fields.map(([, { name }]) => identifier(name)));
    const rows = await transaction.arrays<unknown[]>(
      `${this.table}.${verb}`,
      sql`SELECT ${columns} FROM ${identifier(this.table)} WHERE company_id = ${transaction.companyId} AND ${column} = ANY(${values}::text[])`,
    );
    return rows.map((cells) => this.toRow(cells));
  }

  private toRow(cells: readonly unknown[]): Row {
    const entries = this.fields.map(([field, { type }], index) => {
      const cell = cells[index];
      return [field, type === 'bigint' && cell !== null ? BigInt(cell as string) : cell];
    });
    return Object.fromEntries(entries) as Row;
  }

  /** Rows sorted by id: writers of the same rows meet in one order. */
  private given(rows: readonly Row[]): Sql {
    const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
    return givenRows(
      this.fields.map(([field, column]) => ({
        ...column,
        values: sorted.map((row) => row[field] as GivenColumn['values'][number]),
      })),
    );
  }

  private expect(written: number, rows: number): void {
    if (written !== rows) throw new Error(`${this.table}: ${written} rows written where ${rows} were meant`);
  }
}
