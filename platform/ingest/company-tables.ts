import type { QueryRunner } from 'typeorm';
import { identifier, protectTable, sql, type Transaction } from '#platform/database';

/**
 * Makes the three tables that every subgraph with events has beside its own. For migrations.
 *
 * - ingest_lock: one row a company. Whoever changes a company's events holds it; taken first.
 * - data_version: one row a company. Counts the commits that changed something; written last.
 * - erased: one row an event that was taken back for good, and nothing of the event but its id.
 */
export async function createCompanyTables(runner: QueryRunner, schema: string): Promise<void> {
  const name = identifier(schema).toStatement().text;
  await runner.query(`
    CREATE TABLE ${name}.ingest_lock (company_id bigint PRIMARY KEY);
    CREATE TABLE ${name}.data_version (
      company_id bigint PRIMARY KEY,
      version bigint NOT NULL,
      as_of_ms bigint NOT NULL   -- epoch ms of the last commit; an integer, as its successor is computed in the upsert
    );
    CREATE TABLE ${name}.erased (
      company_id bigint NOT NULL,
      kind text NOT NULL,
      id text COLLATE "C" NOT NULL,
      PRIMARY KEY (company_id, kind, id)
    );
  `);
  for (const table of ['ingest_lock', 'data_version', 'erased']) await protectTable(runner, `${schema}.${table}`);
}

/** Makes this transaction the only one that changes the company's events. Taken before anything is read that is to be changed. */
export async function lockCompany(transaction: Transaction): Promise<void> {
  const { companyId } = transaction;
  const lock = sql`SELECT company_id FROM ingest_lock WHERE company_id = ${companyId} FOR UPDATE`;
  if ((await transaction.arrays('ingest_lock.take', lock)).length > 0) return;
  await transaction.execute(
    'ingest_lock.make',
    sql`INSERT INTO ingest_lock (company_id) VALUES (${companyId}) ON CONFLICT (company_id) DO NOTHING`,
  );
  await transaction.arrays('ingest_lock.take', lock);
}

/** Counts one more commit. `asOf` becomes now, or the millisecond after the previous commit where the clock has not moved on. */
export async function advanceVersion(transaction: Transaction, now: number): Promise<void> {
  await transaction.execute(
    'data_version.advance',
    sql`INSERT INTO data_version AS known (company_id, version, as_of_ms) VALUES (${transaction.companyId}, 1, ${now})
      ON CONFLICT (company_id) DO UPDATE
      SET version = known.version + 1, as_of_ms = greatest(excluded.as_of_ms, known.as_of_ms + 1)`,
  );
}

/** The last commit of events that the transaction sees, epoch milliseconds; null before the first. */
export async function readAsOf(transaction: Transaction): Promise<number | null> {
  const [row] = await transaction.arrays<[string]>(
    'data_version.read',
    sql`SELECT as_of_ms FROM data_version WHERE company_id = ${transaction.companyId}`,
  );
  return row ? Number(row[0]) : null;
}

/** Which of these ids of a kind were taken back for good. */
export async function readErased(transaction: Transaction, kind: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await transaction.arrays<[string]>(
    'erased.read',
    sql`SELECT id FROM erased WHERE company_id = ${transaction.companyId} AND kind = ${kind} AND id = ANY(${ids}::text[])`,
  );
  return new Set(rows.map(([id]) => id));
}

/** Remembers ids as taken back for good. */
export async function addErased(transaction: Transaction, kind: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await transaction.execute(
    'erased.add',
    sql`INSERT INTO erased (company_id, kind, id) SELECT ${transaction.companyId}, ${kind}, * FROM unnest(${ids}::text[])`,
  );
}
