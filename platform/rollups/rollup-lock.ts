import { sql, type Transaction } from '#platform/database';

/** Makes the company's lock, in a transaction of its own: others must not wait for who takes it first. */
export async function makeRollupLock(transaction: Transaction): Promise<void> {
  await transaction.execute(
    'rollup_lock.make',
    sql`INSERT INTO rollup_lock (company_id) VALUES (${transaction.companyId}) ON CONFLICT (company_id) DO NOTHING`,
  );
}

/**
 * Makes this transaction the only one that moves deltas of the company into levels, or makes its levels. Gives false at once
 * where somebody else does. Ingest never takes it, and never waits for who holds it.
 */
export async function takeRollupLock(transaction: Transaction): Promise<boolean> {
  const taken = await transaction.arrays(
    'rollup_lock.take',
    sql`SELECT company_id FROM rollup_lock WHERE company_id = ${transaction.companyId} FOR UPDATE SKIP LOCKED`,
  );
  return taken.length > 0;
}
