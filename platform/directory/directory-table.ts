import type { QueryRunner } from 'typeorm';
import { identifier, protectTable } from '#platform/database';

/**
 * Makes the table `directory` of a subgraph that keeps entries. For migrations.
 *
 * - directory: one row a (kind, id) that a directory line has named, deleted ones included: their id stays known. `at`
 *   decides between entries; `details` holds what only some kinds have: messenger, groupIds, callsPerSecondLimit.
 */
export async function createDirectoryTable(runner: QueryRunner, schema: string): Promise<void> {
  const table = identifier(schema, 'directory').toStatement().text;
  await runner.query(`
    CREATE TABLE ${table} (
      company_id bigint NOT NULL,
      kind text NOT NULL,
      id text COLLATE "C" NOT NULL,
      at timestamptz NOT NULL,
      name text COLLATE "C",   -- null: deleted
      details jsonb NOT NULL,
      PRIMARY KEY (company_id, kind, id)
    );
  `);
  await protectTable(runner, `${schema}.directory`);
}
