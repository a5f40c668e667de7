import type { PoolClient } from 'pg';
import { ServiceError } from '#platform/errors';
import { arrayLiteral } from './array-literal.ts';
import type { CompanyId } from './company-id.ts';
import type { Sql } from './sql.ts';
import { valueTypes } from './value-types.ts';

/** SQLSTATE of a statement that ran into statement_timeout. */
const QUERY_CANCELED = '57014';

/** A statement failed; carries the statement's name, never its values. */
export class StatementError extends Error {
  /** SQLSTATE, where the server gave one. */
  readonly sqlState: string | undefined;

  constructor(name: string, cause: unknown) {
    super(`statement ${name} failed`, { cause });
    this.name = 'StatementError';
    this.sqlState = (cause as { code?: string } | undefined)?.code;
  }
}

/**
 * One open transaction of one company: all SQL of a request goes through it. Statements run one after another in the order
 * in which they were asked for; after a failure every later one fails alike, as the transaction has ended.
 */
export class Transaction {
  private last: Promise<unknown> = Promise.resolve();
  private ended = false;

  constructor(
    readonly companyId: CompanyId,
    private readonly client: PoolClient,
    /** A statement that runs too long has asked for too much where it reads, and has waited for others where it writes. */
    private readonly purpose: 'read' | 'write',
  ) {}

  /** Rows as objects by column name. `name` says which statement it is, in logs and in the server's own views. */
  async query<Row extends object>(name: string, statement: Sql): Promise<Row[]> {
    const { rows } = await this.send(name, statement, false);
    return rows as Row[];
  }

  /** Rows as arrays in the order of the columns: the cheaper form, for long answers. */
  async arrays<Row extends unknown[]>(name: string, statement: Sql): Promise<Row[]> {
    const { rows } = await this.send(name, statement, true);
    return rows as Row[];
  }

  /** Runs a writing statement; the number of rows that it wrote. */
  async execute(name: string, statement: Sql): Promise<number> {
    const { rowCount } = await this.send(name, statement, true);
    return rowCount ?? 0;
  }

  /**
   * Rows of a statement that a library has written, such as the job queue's: it commits with all the rest. Everything of
   * this service's own goes through the `sql` tag.
   */
  async foreign(name: string, statement: { text: string; values: unknown[] }): Promise<object[]> {
    const { rows } = await this.send(name, { toStatement: () => statement }, false);
    return rows as object[];
  }

  /** Called before the connection goes back to the pool: what comes later must not run in somebody else's transaction. */
  end(): void {
    this.ended = true;
  }

  private send(name: string, statement: Pick<Sql, 'toStatement'>, asArrays: boolean) {
    const result = this.last.then(() => this.run(name, statement, asArrays));
    this.last = result;
    // Whoever asked gets the failure; the queue itself has no reader while nothing is asked for.
    result.catch(() => undefined);
    return result;
  }

  private async run(name: string, statement: Pick<Sql, 'toStatement'>, asArrays: boolean) {
    if (this.ended) throw new Error(`statement ${name} came after its transaction has ended`);
    const { text, values } = statement.toStatement();
    const parameters = values.map((value) => (Array.isArray(value) ? arrayLiteral(value) : value));
    const config = { text: `/* ${name} */ ${text}`, values: parameters, types: valueTypes };
    try {
      return asArrays ? await this.client.query({ ...config, rowMode: 'array' }) : await this.client.query(config);
    } catch (cause) {
      const failure = new StatementError(name, cause);
      if (failure.sqlState !== QUERY_CANCELED) throw failure;
      if (this.purpose === 'write') {
        throw new ServiceError('OVERLOADED', 'others are writing for the same company; send this again in a moment.', {
          cause: failure,
        });
      }
      throw new ServiceError(
        'LIMIT_EXCEEDED',
        'the answer took too long to compute; ask for a shorter period or fewer rows.',
        {
          cause: failure,
        },
      );
    }
  }
}
