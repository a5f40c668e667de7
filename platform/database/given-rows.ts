import { arrayLiteral } from './array-literal.ts';
import { identifier, join, type Sql, sql } from './sql.ts';

/** How a column's values look in Node: timestamptz as epoch milliseconds, bigint as BigInt or number, the rest as themselves. */
export type ColumnType = 'text' | 'timestamptz' | 'bigint' | 'numeric' | 'integer' | 'smallint' | 'float8' | 'boolean';

/** A column of rows that are handed to the database, with one value a row. */
export interface GivenColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The type in the database where it is one of the subgraph's own, such as an enum; its values are text. */
  readonly databaseType?: Sql | undefined;
  readonly values: readonly (string | number | bigint | boolean | null | undefined)[];
}

/** A SELECT of rows from Node, in their order: one parameter a column, however many rows there are. */
export function givenRows(columns: readonly GivenColumn[]): Sql {
  const names = columns.map(({ name }) => identifier(name));
  const arrays = columns.map(({ type, databaseType, values }) => {
    return sql`${arrayLiteral(values)}::${databaseType ?? identifier(type === 'timestamptz' ? 'bigint' : type)}[]`;
  });
  const cells = columns.map(({ type }, index) => {
    const name = names[index] ?? sql``;
    // To add milliseconds up is several times cheaper than to read dates, on both sides; exact up to the year 2255.
    return type === 'timestamptz' ? sql`timestamptz 'epoch' + ${name} * interval '1 ms' AS ${name}` : name;
  });
  return sql`SELECT ${join(cells)} FROM unnest(${join(arrays)}) AS given(${join(names)})`;
}
