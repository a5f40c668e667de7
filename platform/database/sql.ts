/** A piece of SQL whose values travel apart from its text. Made by the `sql` tag only. */
export class Sql {
  constructor(
    private readonly strings: readonly string[],
    private readonly inserts: readonly unknown[],
  ) {}

  /** The statement as PostgreSQL takes it: text with $1, $2, ... and the values in that order. */
  toStatement(): { text: string; values: unknown[] } {
    const values: unknown[] = [];
    return { text: this.write(values), values };
  }

  private write(values: unknown[]): string {
    let text = this.strings[0] ?? '';
    this.inserts.forEach((insert, index) => {
      text += insert instanceof Sql ? insert.write(values) : `$${values.push(insert)}`;
      text += this.strings[index + 1];
    });
    return text;
  }
}

/**
 * The only way to SQL: sql`SELECT ... WHERE company_id = ${companyId}`. Whatever is inserted becomes a parameter, but for
 * other pieces of SQL, which are woven in.
 */
export function sql(strings: TemplateStringsArray, ...inserts: unknown[]): Sql {
  return new Sql(strings, inserts);
}

/** A name of a table, column or schema, from a declaration in code and never from a request. */
export function identifier(...path: string[]): Sql {
  for (const name of path) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`not a name of this database: ${name}`);
  }
  return new Sql([path.join('.')], []);
}

/** Joins pieces with a separator; an empty list gives an empty piece. */
export function join(pieces: readonly Sql[], separator: Sql = sql`, `): Sql {
  const inserts = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
  return new Sql(['', ...inserts.map(() => '')], inserts);
}
