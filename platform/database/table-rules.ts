import type { QueryRunner } from 'typeorm';
import { identifier } from './sql.ts';

/**
 * What every table of companies' data gets in its migration: the one row-level security policy, the rights of its role,
 * and, where the server is a Citus cluster, distribution by company. `table` is schema.name; the role bears the schema's name.
 */
export async function protectTable(runner: QueryRunner, table: `${string}.${string}`): Promise<void> {
  const [schema = '', name = ''] = table.split('.');
  const qualified = identifier(schema, name).toStatement().text;
  const company = `company_id = (SELECT nullif(current_setting('app.company_id', true), '')::bigint)`;
  await runner.query(`
    ALTER TABLE ${qualified} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${qualified} FORCE ROW LEVEL SECURITY;
    CREATE POLICY company ON ${qualified} USING (${company}) WITH CHECK (${company});
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${qualified} TO ${identifier(schema).toStatement().text};
  `);
  await distribute(runner, `create_distributed_table('${qualified}', 'company_id')`);
}

/** Runs a Citus function where the extension is there; on a plain server it does nothing. */
export async function distribute(runner: QueryRunner, call: string): Promise<void> {
  const name = call.slice(0, call.indexOf('('));
  await runner.query(`DO $$ BEGIN IF to_regproc('${name}') IS NOT NULL THEN PERFORM ${call}; END IF; END $$`);
}
