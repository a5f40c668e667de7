import { createHash } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { identifier, protectTable, sql, type Transaction } from '#platform/database';

/** A request that must have its effect once, however often it is sent. */
export interface OnceRequest {
  mutation: string;
  key: string;
  /** The input as it was understood, so that "10" and "10.00" are the same; anything that JSON can say. */
  input: unknown;
  /** Id of what the request will make. */
  resultId: string;
}

/** What a key says of a request: it is new, it was sent before and made this, or it was sent before with another input. */
export type KeyClaim = { kind: 'new' } | { kind: 'repeated'; resultId: string } | { kind: 'conflict' };

export const LONGEST_KEY = 128;

/** In a migration: the keys of a subgraph's mutations, one row a key; kept as long as what they made. */
export async function createIdempotencyTable(runner: QueryRunner, schema: string): Promise<void> {
  const table = identifier(schema, 'idempotency_keys').toStatement().text;
  await runner.query(`
    CREATE TABLE ${table} (
      company_id bigint NOT NULL,
      mutation text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      input_hash text NOT NULL,                -- of the input as it was understood
      result_id text NOT NULL,                 -- what the mutation made
      PRIMARY KEY (company_id, mutation, key)
    );
  `);
  await protectTable(runner, `${schema}.idempotency_keys`);
}

/** Whether a text can be a key: 1 to 128 characters. */
export function isIdempotencyKey(key: string): boolean {
  const length = Array.from(key).length;
  return length >= 1 && length <= LONGEST_KEY && key.isWellFormed() && !key.includes('\0');
}

/**
 * Takes a key for a request, in the transaction that does what is asked: a rollback frees the key. Whoever sends the same key at
 * the same time waits here until the first one has ended.
 */
export async function claimKey(transaction: Transaction, request: OnceRequest): Promise<KeyClaim> {
  const { companyId } = transaction;
  const { mutation, key, resultId } = request;
  const hash = createHash('sha256').update(JSON.stringify(request.input)).digest('hex');
  const claimed = await transaction.execute(
    'idempotency_keys.claim',
    sql`INSERT INTO idempotency_keys (company_id, mutation, key, input_hash, result_id)
      VALUES (${companyId}, ${mutation}, ${key}, ${hash}, ${resultId}) ON CONFLICT DO NOTHING`,
  );
  if (claimed === 1) return { kind: 'new' };
  const [known] = await transaction.query<{ input_hash: string; result_id: string }>(
    'idempotency_keys.read',
    sql`SELECT input_hash, result_id FROM idempotency_keys
      WHERE company_id = ${companyId} AND mutation = ${mutation} AND key = ${key}`,
  );
  if (known?.input_hash !== hash) return { kind: 'conflict' };
  return { kind: 'repeated', resultId: known.result_id };
}
