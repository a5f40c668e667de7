import type { QueryRunner } from 'typeorm';
import { identifier, protectTable } from '#platform/database';

/**
 * Makes the three tables that every subgraph with levels has. For migrations.
 *
 * - rollup_state: one row a company and fact. How its rows are kept beside themselves, and how many there are.
 * - rollup_lock: one row a company. Whoever moves deltas into levels, or makes levels, holds it.
 * - rollup_work: one row a company that somebody should look after, and since when. It says nothing else, so that a worker may
 *   read it before it knows which company to work for.
 */
export async function createRollupTables(runner: QueryRunner, schema: string): Promise<void> {
  const name = identifier(schema).toStatement().text;
  await runner.query(`
    CREATE TABLE ${name}.rollup_state (
      company_id bigint NOT NULL,
      fact text NOT NULL,
      status text NOT NULL,
      row_count bigint NOT NULL,
      time_zone text,
      time_zone_rules text,
      shape text,
      rows_from timestamptz,                 -- of rows before only the sums are kept
      PRIMARY KEY (company_id, fact)
    );
    CREATE TABLE ${name}.rollup_lock (company_id bigint PRIMARY KEY);
    CREATE TABLE ${name}.rollup_work (company_id bigint PRIMARY KEY, due_at timestamptz NOT NULL);
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.rollup_work TO ${name};
  `);
  for (const table of ['rollup_state', 'rollup_lock']) await protectTable(runner, `${schema}.${table}`);
}

/** The columns of a fact's levels: dimensions that have a column, and sums with their types. */
export interface LevelColumns {
  readonly keys: readonly string[];
  readonly sums: Readonly<Record<string, 'bigint' | 'numeric'>>;
}

/**
 * Makes the tables of a fact's levels. For migrations.
 *
 * - <fact>_delta: one row a batch, set of axes, quarter of an hour and combination of keys: what a batch added to the sums, or
 *   took away. `axis` is the set, one bit an axis: most rows stand in the same quarter on all of theirs.
 * - <fact>_quarter, _hour, _day: one row a cuboid, axis, bucket and combination of keys; keys that a cuboid lacks are empty. A
 *   bucket is known by its first instant; days are those of the zone in rollup_state.
 */
export async function createLevelTables(
  runner: QueryRunner,
  schema: string,
  fact: string,
  { keys, sums }: LevelColumns,
): Promise<void> {
  const keyColumns = keys.map((key) => `${columnName(key)} text COLLATE "C" NOT NULL`);
  const sumColumns = Object.entries(sums).map(([sum, type]) => `${columnName(sum)} ${type} NOT NULL`);
  const columns = ['axis smallint NOT NULL', 'bucket timestamptz NOT NULL', ...keyColumns, ...sumColumns].join(', ');
  const table = (name: string) => identifier(schema, `${fact}_${name}`).toStatement().text;
  await runner.query(`
    CREATE TABLE ${table('delta')} (
      company_id bigint NOT NULL, batch uuid NOT NULL, ordinal integer NOT NULL, ${columns},
      PRIMARY KEY (company_id, batch, ordinal)
    ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
  `);
  await protectTable(runner, `${schema}.${fact}_delta`);
  for (const level of ['quarter', 'hour', 'day']) {
    await runner.query(`
      CREATE TABLE ${table(level)} (
        company_id bigint NOT NULL, cuboid smallint NOT NULL, ${columns},
        PRIMARY KEY (${['company_id', 'cuboid', 'axis', 'bucket', ...keys.map(columnName)].join(', ')})
      ) WITH (fillfactor = 90);
    `);
    await protectTable(runner, `${schema}.${fact}_${level}`);
  }
}

/** Undoes createLevelTables. */
export async function dropLevelTables(runner: QueryRunner, schema: string, fact: string): Promise<void> {
  const tables = ['delta', 'quarter', 'hour', 'day'].map((name) => identifier(schema, `${fact}_${name}`));
  await runner.query(`DROP TABLE ${tables.map((table) => table.toStatement().text).join(', ')}`);
}

/** Undoes createRollupTables. */
export async function dropRollupTables(runner: QueryRunner, schema: string): Promise<void> {
  const name = identifier(schema).toStatement().text;
  await runner.query(`DROP TABLE ${name}.rollup_work, ${name}.rollup_lock, ${name}.rollup_state`);
}

function columnName(name: string): string {
  return identifier(name).toStatement().text;
}
