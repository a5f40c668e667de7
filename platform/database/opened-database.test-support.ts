import { Client } from 'pg';
import { cloneDatabase, TEST_ROLE_SECRET } from '../../tests/support/test-database.ts';
import { Database, roleUrl } from './index.ts';

/** A migrated database of one test file, and ways into it. */
export interface OpenedDatabase {
  readonly ownerUrl: string;
  /** The pool of a role, as a subgraph has it. */
  pool(role: string, poolSize?: number): Database;
  /** One connection with a role, or with the owner where none is named; rows as objects. */
  connect(role?: string): Promise<Client>;
  /** Rows of one statement of the owner. */
  ask<Row extends object>(statement: string, values?: unknown[]): Promise<Row[]>;
  /** Closes everything that was opened, and drops the database. */
  drop(): Promise<void>;
}

/** Clones the migrated template. Drop it in afterAll. */
export async function openDatabase(): Promise<OpenedDatabase> {
  const { ownerUrl, drop } = await cloneDatabase();
  const closers: (() => Promise<void>)[] = [];
  const connect = async (role?: string) => {
    const client = new Client({ connectionString: role ? roleUrl(ownerUrl, role, TEST_ROLE_SECRET) : ownerUrl });
    await client.connect();
    closers.push(() => client.end());
    return client;
  };
  const owner = await connect();
  return {
    ownerUrl,
    connect,
    pool(role, poolSize = 4) {
      const url = roleUrl(ownerUrl, role, TEST_ROLE_SECRET);
      const database = new Database({ url, applicationName: `test of ${role}`, poolSize, connectTimeoutMs: 10_000 });
      closers.push(() => database.close());
      return database;
    },
    ask: async <Row extends object>(statement: string, values: unknown[] = []) =>
      (await owner.query(statement, values)).rows as Row[],
    async drop() {
      for (const close of closers) await close();
      await drop();
    },
  };
}

/** What a statement was refused with: SQLSTATE and message; undefined where it was not. */
export async function refusal(statement: Promise<unknown>): Promise<string | undefined> {
  return statement.then(
    () => undefined,
    (error: Error & { code?: string }) => `${error.code} ${error.message}`,
  );
}
