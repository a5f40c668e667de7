import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Environment variable with the owner's address of the server that all test files share. */
export const SERVER_VARIABLE = 'TEST_POSTGRES_URL';
export const TEMPLATE_DATABASE = 'statistics_template';
export const TEST_ROLE_SECRET = 'secret of the roles in tests';

export interface TestDatabase {
  /** Address of the owner. */
  readonly ownerUrl: string;
  /** Removes the database, with whatever is still connected. */
  drop(): Promise<void>;
}

/** A database of its own for one test file: a clone of the migrated template. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const ownerUrl = new URL(serverUrl());
  ownerUrl.pathname = `/${name}`;
  return { ownerUrl: ownerUrl.toString(), drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Runs one statement as the server's owner, outside of every test database. */
export async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env[SERVER_VARIABLE];
  if (!url) throw new Error('the test server does not run; tests are run with npm test');
  return url;
}
