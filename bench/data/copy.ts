import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from } from 'pg-copy-streams';

/** Rows on their way into a table, in pieces of PostgreSQL's text format. */
export interface CopySource {
  readonly table: string;
  readonly columns: readonly string[];
  readonly pieces: Iterable<string>;
}

/** Writes rows with COPY, in one transaction. */
export async function copyInto(client: Client, { table, columns, pieces }: CopySource): Promise<void> {
  const target = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(pieces), target);
}
