import { type Company, readCompany } from '#platform/companies';
import type { Database, Snapshot, Transaction } from '#platform/database';
import { type Identity, requireCompany } from '#platform/identity';
import type { Clock } from '#platform/time';

export interface RequestContextOptions {
  identity: Identity;
  /** The moment of the request, epoch milliseconds: the same for everything in it. */
  moment: number;
  requestId: string;
  database: Database;
  clock: Clock;
}

/**
 * What resolvers of a subgraph work with during one request. All reading of a request goes through one snapshot, opened when
 * it is first needed: whatever stands side by side in an answer is of one moment, and a request holds one connection at most.
 */
export class RequestContext {
  readonly identity: Identity;
  readonly moment: number;
  readonly requestId: string;
  readonly database: Database;
  /** For what is written during the request; what is read goes by `moment`. */
  readonly clock: Clock;
  private snapshot: Promise<Snapshot> | undefined;
  private companyOfToken: Promise<Company> | undefined;
  private readonly kept = new Map<object, unknown>();

  constructor(options: RequestContextOptions) {
    this.identity = options.identity;
    this.moment = options.moment;
    this.requestId = options.requestId;
    this.database = options.database;
    this.clock = options.clock;
  }

  /** The request's read-only transaction, of the token's company. */
  async transaction(): Promise<Transaction> {
    this.snapshot ??= this.database.openSnapshot(requireCompany(this.identity));
    return (await this.snapshot).transaction;
  }

  /** The token's company. Throws UNKNOWN_COMPANY where it is not registered. */
  company(): Promise<Company> {
    this.companyOfToken ??= this.transaction().then(readCompany);
    return this.companyOfToken;
  }

  /** One thing a request, made when first asked for: a DataLoader, say. `make` itself is the key. */
  once<T>(make: (context: RequestContext) => T): T {
    if (!this.kept.has(make)) this.kept.set(make, make(this));
    return this.kept.get(make) as T;
  }

  /** Ends the snapshot. Called once, when the request's answer stands. */
  async close(): Promise<void> {
    // A snapshot that could not be opened has told its caller already.
    const snapshot = await this.snapshot?.catch(() => undefined);
    await snapshot?.close();
  }
}
