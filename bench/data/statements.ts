import { isDeepStrictEqual } from 'node:util';
import { Client, type QueryArrayConfig, type QueryConfig } from 'pg';

/** A statement as it was sent, and the rows that came back. */
export interface SentStatement {
  readonly query: string | QueryConfig | QueryArrayConfig;
  readonly rows: unknown;
}

type SendQuery = (...parts: unknown[]) => unknown;

/** Does something and gives all statements that this process has sent meanwhile, in their order. Nothing else may run beside it. */
export async function recordStatements(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent: { query: SentStatement['query']; result: unknown }[] = [];
  const prototype = Client.prototype as unknown as { query: SendQuery };
  const send = prototype.query;
  prototype.query = function (this: Client, ...parts) {
    const result = send.apply(this, parts);
    sent.push({ query: parts[0] as SentStatement['query'], result });
    return result;
  };
  try {
    await work();
  } finally {
    prototype.query = send;
  }
  return Promise.all(sent.map(async ({ query, result }) => ({ query, rows: rowsOf(await result) })));
}

/** Sends statements again, over one connection and one after another. Throws where other rows come back than the first time. */
export async function replayStatements(client: Client, statements: readonly SentStatement[]): Promise<void> {
  for (const { query, rows } of statements) {
    const again = rowsOf(await client.query(query as QueryConfig));
    if (!isDeepStrictEqual(again, rows)) throw new Error('a statement gives other rows when it is sent again');
  }
}

function rowsOf(result: unknown): unknown {
  return (result as { rows?: unknown } | undefined)?.rows;
}
