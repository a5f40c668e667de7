import { Pool, type PoolClient } from 'pg';
import { ServiceError } from '#platform/errors';
import { type CompanyId, parseCompanyId } from './company-id.ts';
import { identifier, sql } from './sql.ts';
import { Transaction } from './transaction.ts';
import { timestamp } from './value-types.ts';

export interface DatabaseOptions {
  /** Address with the role of one subgraph: postgres://role:password@host:port/database. */
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Most connections at once. */
  poolSize: number;
  /** Longest wait for a free connection. */
  connectTimeoutMs: number;
}

/** A read-only transaction that stays open until it is closed: everything read through it is of one moment. */
export interface Snapshot {
  readonly transaction: Transaction;
  close(): Promise<void>;
}

const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
const WRITE = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** The pool of one subgraph's role. Every transaction is of one company, and row-level security holds it to that. */
export class Database {
  private readonly pool: Pool;

  constructor(options: DatabaseOptions) {
    this.pool = new Pool({
      connectionString: options.url,
      application_name: options.applicationName,
      max: options.poolSize,
      connectionTimeoutMillis: options.connectTimeoutMs,
    });
    // A connection that breaks is dropped by the pool, or fails the transaction that has it; without listeners it would end
    // the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Runs `work` in a transaction that commits when it returns and rolls back when it throws. */
  async write<T>(companyId: CompanyId, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.writeIf(companyId, work, () => true);
  }

  /** Runs `work` in a transaction that commits where `accept` says so of its result; otherwise nothing has happened. */
  async writeIf<T>(
    companyId: CompanyId,
    work: (transaction: Transaction) => Promise<T>,
    accept: (result: T) => boolean,
  ): Promise<T> {
    const client = await this.begin(companyId, WRITE);
    const transaction = new Transaction(companyId, client, 'write');
    let result: T;
    try {
      result = await work(transaction);
      transaction.end();
      if (accept(result)) await commit(client);
      else await client.query('ROLLBACK');
    } catch (error) {
      transaction.end();
      await rollBack(client);
      throw error;
    }
    client.release();
    return result;
  }

  /** Opens a snapshot; the caller must close it. */
  async openSnapshot(companyId: CompanyId): Promise<Snapshot> {
    const client = await this.begin(companyId, SNAPSHOT);
    const transaction = new Transaction(companyId, client, 'read');
    let closing: Promise<void> | undefined;
    return {
      transaction,
      close() {
        transaction.end();
        closing ??= rollBack(client);
        return closing;
      },
    };
  }

  /** Runs `work` in a snapshot of its own. */
  async read<T>(companyId: CompanyId, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const snapshot = await this.openSnapshot(companyId);
    try {
      return await work(snapshot.transaction);
    } finally {
      await snapshot.close();
    }
  }

  /**
   * Companies for which something is due, longest first, by a work list: a table of the role's schema that holds company_id
   * and due_at and nothing else. The only reading that is of no company.
   * @param now epoch milliseconds
   */
  async dueCompanies(workList: string, now: number, limit: number): Promise<CompanyId[]> {
    const { text, values } = sql`SELECT company_id FROM ${identifier(workList)} WHERE due_at <= ${timestamp(now)}
      ORDER BY due_at, company_id LIMIT ${limit}`.toStatement();
    const { rows } = await this.pool.query<{ company_id: CompanyId }>(text, values);
    return rows.map(({ company_id: companyId }) => companyId);
  }

  /** Throws where the server does not answer. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async begin(companyId: CompanyId, mode: string): Promise<PoolClient> {
    if (parseCompanyId(companyId) !== companyId) throw new Error('a transaction needs a company number');
    const client = await this.connect();
    try {
      // One round trip. SET LOCAL takes no parameters, and set_config() would not reach the workers of a Citus cluster.
      await client.query(`${mode}; SET LOCAL app.company_id = '${companyId}'`);
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (cause) {
      throw new ServiceError('SERVICE_UNAVAILABLE', 'the database does not answer; try again.', { cause });
    }
  }
}

/** Commits. Throws where the server rolls back instead, as it does after a failed statement that `work` has passed over. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back, as one of its statements had failed');
}

/** Ends the transaction without effect and gives the connection back, or drops one that does not answer any more. */
async function rollBack(client: PoolClient): Promise<void> {
  const failure = await client.query('ROLLBACK').then(
    () => undefined,
    (error: Error) => error,
  );
  client.release(failure);
}
