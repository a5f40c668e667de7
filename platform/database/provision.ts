import { createHmac } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { StartUpError } from '#platform/errors';
import { checkServer } from './server-check.ts';
import { identifier } from './sql.ts';

/** What one subgraph owns in the database: a schema and a role, both of this name, and the migrations of its tables. */
export interface DatabaseOwner {
  readonly schema: string;
  readonly migrations: (new () => MigrationInterface)[];
}

export interface ProvisionOptions {
  /** Address of an owner: may create roles and schemas in this database. */
  ownerUrl: string;
  /** In the order in which they are to be migrated; grants of a later one may name roles of all. */
  owners: readonly DatabaseOwner[];
  /** Passwords of the roles are derived from it. */
  roleSecret: string;
  statementTimeoutMs: number;
}

/** A role without login that every subgraph's role belongs to; what all may read is granted to it. */
export const EVERY_SUBGRAPH = 'every_subgraph';

/** Two processes that start at once take turns; the number only has to be the same in both. */
const PROVISION_LOCK = 4_771_203;

/** SQLSTATE. */
const INSUFFICIENT_PRIVILEGE = '42501';

/** Makes roles, schemas and tables, or brings them up to date. Safe to run again and beside another run. */
export async function provision(options: ProvisionOptions): Promise<void> {
  const client = await connectOwner(options.ownerUrl);
  try {
    await makeAll(client, options);
  } catch (error) {
    throw (error as { code?: string }).code === INSUFFICIENT_PRIVILEGE ? missingRight(error as Error) : error;
  } finally {
    await client.end();
  }
}

async function makeAll(client: Client, options: ProvisionOptions): Promise<void> {
  await checkServer(client);
  await client.query('SELECT pg_advisory_lock($1)', [PROVISION_LOCK]);
  if (!(await roleExists(client, EVERY_SUBGRAPH))) await client.query(`CREATE ROLE ${EVERY_SUBGRAPH} NOLOGIN`);
  for (const { schema } of options.owners) await makeRole(client, schema, options);
  for (const { schema } of options.owners) await makeSchema(client, schema);
  for (const owner of options.owners) await migrate(options.ownerUrl, owner);
}

function missingRight(cause: Error): StartUpError {
  return new StartUpError(
    `the user of DATABASE_URL lacks a right (${cause.message}); it needs CREATEROLE, CREATE on the database, and to be ` +
      'the one who made the roles that are there already: ALTER ROLE user CREATEROLE; GRANT CREATE ON DATABASE name TO user.',
    { cause },
  );
}

/** The address with which a subgraph's own role connects. */
export function roleUrl(ownerUrl: string, role: string, roleSecret: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(role, roleSecret);
  return url.toString();
}

function rolePassword(role: string, secret: string): string {
  return createHmac('sha256', secret).update(`database role ${role}`).digest('base64url');
}

async function connectOwner(ownerUrl: string): Promise<Client> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  // Without a listener an idle connection that breaks would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = (cause as Error).message || (cause as { code?: string }).code;
    throw new StartUpError(
      `cannot connect to the database of DATABASE_URL (${reason}); check the address and that the server runs.`,
      { cause },
    );
  }
}

async function roleExists(client: Client, role: string): Promise<boolean> {
  return (await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role])).rowCount === 1;
}

async function makeRole(client: Client, role: string, options: ProvisionOptions): Promise<void> {
  const name = escapeIdentifier(role);
  const password = escapeLiteral(rolePassword(role, options.roleSecret));
  await client.query(
    `${(await roleExists(client, role)) ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN PASSWORD ${password}`,
  );
  await client.query(`
    GRANT ${EVERY_SUBGRAPH} TO ${name};
    ALTER ROLE ${name} SET timezone = 'UTC';
    ALTER ROLE ${name} SET jit = off;
    ALTER ROLE ${name} SET search_path = ${name};
    ALTER ROLE ${name} SET statement_timeout = ${options.statementTimeoutMs};
    ALTER ROLE ${name} SET idle_in_transaction_session_timeout = ${2 * options.statementTimeoutMs};
  `);
  // On a Citus cluster SET LOCAL app.company_id reaches the workers only with this.
  await client.query(`
    DO $$ BEGIN
      IF to_regproc('create_distributed_table') IS NOT NULL THEN
        EXECUTE 'ALTER ROLE ${name} SET citus.propagate_set_commands = ''local''';
      END IF;
    END $$`);
}

async function makeSchema(client: Client, schema: string): Promise<void> {
  const name = escapeIdentifier(schema);
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${name};
    GRANT USAGE ON SCHEMA ${name} TO ${name};
  `);
}

async function migrate(ownerUrl: string, owner: DatabaseOwner): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    schema: identifier(owner.schema).toStatement().text,
    migrations: owner.migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}
