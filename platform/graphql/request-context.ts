import type { Logger } from 'pino';
import { type Company, readCompany } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import type { CompanyId, Database, Snapshot, Transaction } from '#platform/database';
import type { Files } from '#platform/files';
import { type Identity, requireCompany } from '#platform/identity';
import type { GraphClient, JobQueue } from '#platform/jobs';
import type { Clock } from '#platform/time';

export interface RequestContextOptions {
  identity: Identity;
  /** The moment of the request, epoch milliseconds: the same for everything in it. */
  moment: number;
  requestId: string;
  config: SubgraphSettings;
  database: Database;
  files: Files;
  /** Of a subgraph that declares jobs. */
  jobs?: JobQueue;
  /** Of a subgraph that declares jobs. */
  graph?: GraphClient;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/**
 * What resolvers of a subgraph work with during one request. All reading of a request goes through one snapshot, opened when
 * it is first needed: whatever stands side by side in an answer is of one moment, and a request holds one connection at most.
 */
export class RequestContext {
  readonly identity: Identity;
  readonly moment: number;
  readonly requestId: string;
  readonly config: SubgraphSettings;
  readonly database: Database;
  readonly files: Files;
  /** For what is written during the request; what is read goes by `moment`. */
  readonly clock: Clock;
  /** Names the subgraph and the request. */
  readonly logger: Logger;
  /** Makes an id that nobody has had yet. */
  readonly newId: () => string;
  private readonly queue: JobQueue | undefined;
  private readonly graphClient: GraphClient | undefined;
  private snapshot: Promise<Snapshot> | undefined;
  private companyOfToken: Promise<Company> | undefined;
  private readonly kept = new Map<object, unknown>();

  constructor(options: RequestContextOptions) {
    this.identity = options.identity;
    this.moment = options.moment;
    this.requestId = options.requestId;
    this.config = options.config;
    this.database = options.database;
    this.files = options.files;
    this.clock = options.clock;
    this.logger = options.logger;
    this.newId = options.newId;
    this.queue = options.jobs;
    this.graphClient = options.graph;
  }

  /** The request's read-only transaction, of the token's company. */
  async transaction(): Promise<Transaction> {
    this.snapshot ??= this.database.openSnapshot(requireCompany(this.identity));
    return (await this.snapshot).transaction;
  }

  /** Reads of a company: of the token's own in the request's snapshot, of another one in a snapshot of its own. */
  async read<T>(companyId: CompanyId, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (companyId !== this.identity.companyId) return this.database.read(companyId, work);
    return work(await this.transaction());
  }

  /**
   * Writes in a transaction of its own that commits where `accept` says so of the result, and forgets the snapshot, so that what is read afterwards includes it. The snapshot is
   * closed before: a request that held it while it waits for a second connection could wait for others that do the same.
   */
  async write<T>(
    companyId: CompanyId,
    work: (transaction: Transaction) => Promise<T>,
    accept: (result: T) => boolean = () => true,
  ): Promise<T> {
    await this.close();
    return this.database.writeIf(companyId, work, accept);
  }

  /** The queue of the subgraph's jobs. */
  get jobs(): JobQueue {
    if (!this.queue) throw new Error('a subgraph puts jobs into a queue and declares none');
    return this.queue;
  }

  /**
   * Asks the graph, as jobs do: figures of other subgraphs come this way. A request that does so holds its snapshot while the
   * answer takes connections of the same pool, so that it must be held to a part of them.
   */
  get graph(): GraphClient {
    if (!this.graphClient) throw new Error('a subgraph asks the graph and declares no jobs');
    return this.graphClient;
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

  /** Ends the snapshot and forgets what was read in it. Called when the request's answer stands. */
  async close(): Promise<void> {
    // A snapshot that could not be opened has told its caller already.
    const opening = this.snapshot?.catch(() => undefined);
    this.snapshot = undefined;
    this.companyOfToken = undefined;
    this.kept.clear();
    await (await opening)?.close();
  }
}
