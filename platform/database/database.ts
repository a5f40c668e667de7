import { Pool, type PoolClient } from 'pg';
import { ServiceError } from '#platform/errors';
import { type CompanyId, parseCompanyId } from './company-id.ts';
import { identifier, type Sql, sql } from './sql.ts';
import { Transaction } from './transaction.ts';
import { timestamp, valueTypes } from './value-types.ts';

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

/** The number that no company has. */
const NOBODY = '0';

const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
const WRITE = 'BEGIN ISOLATION LEVEL READ COMMITTED';
/** Every row of a large company may have to be read. */
const REBUILD = `BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = '1h'`;

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
    return this.run(WRITE, companyId, work, accept);
  }

  /** Opens a snapshot; the caller must close it. */
  async openSnapshot(companyId: CompanyId): Promise<Snapshot> {
    return this.snapshotOn(await this.begin(companyId, SNAPSHOT), companyId);
  }

  /** Runs `work` in a snapshot of its own. */
  async read<T>(companyId: CompanyId, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return within(await this.openSnapshot(companyId), work);
  }

  /**
   * Runs `work` in a snapshot of no company: it sees none of the companies' own rows, and what is left are the register and
   * lists of what is to be done.
   */
  async readOfNobody<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return within(this.snapshotOn(await this.beginAs(NOBODY, SNAPSHOT), NOBODY), work);
  }

  /**
   * Companies for which something is due, longest first, by a work list: a table of the role's schema that holds company_id
   * and due_at and nothing else.
   * @param now epoch milliseconds
   */
  async dueCompanies(workList: string, now: number, limit: number): Promise<CompanyId[]> {
    const rows = await this.outsideCompanies<[CompanyId]>(
      `${workList}.due`,
      sql`SELECT company_id FROM ${identifier(workList)} WHERE due_at <= ${timestamp(now)}
        ORDER BY due_at, company_id LIMIT ${limit}`,
    );
    return rows.map(([companyId]) => companyId);
  }

  /**
   * Runs `work` in a transaction that sees nothing but one moment, that of its first statement, and may take longer than others:
   * for what is made anew from many rows, or compared with them, while others go on writing.
   */
  async rebuild<T>(companyId: CompanyId, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.run(REBUILD, companyId, work, () => true);
  }

  /**
   * Rows of one statement of no company, as arrays. Row-level security shows it no row of any company: it is for the lists by
   * which workers learn whom to work for, and for the register.
   */
  async outsideCompanies<Row extends unknown[]>(name: string, statement: Sql): Promise<Row[]> {
    const { text, values } = statement.toStatement();
    const { rows } = await this.pool.query({
      text: `/* ${name} */ ${text}`,
      values,
      types: valueTypes,
      rowMode: 'array',
    });
    return rows as unknown[] as Row[];
  }

  /** Throws where the server does not answer. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private snapshotOn(client: PoolClient, companyId: CompanyId): Snapshot {
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

  private async run<T>(
    mode: string,
    companyId: CompanyId,
    work: (transaction: Transaction) => Promise<T>,
    accept: (result: T) => boolean,
  ): Promise<T> {
    const client = await this.begin(companyId, mode);
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

  private async begin(companyId: CompanyId, mode: string): Promise<PoolClient> {
    if (parseCompanyId(companyId) !== companyId) throw new Error('a transaction needs a company number');
    return this.beginAs(companyId, mode);
  }

  private async beginAs(companyId: CompanyId | typeof NOBODY, mode: string): Promise<PoolClient> {
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

/** Runs `work` in a snapshot and closes it. */
async function within<T>(snapshot: Snapshot, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  try {
    return await work(snapshot.transaction);
  } finally {
    await snapshot.close();
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
