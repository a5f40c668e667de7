import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { type Config, readConfig } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import { localTokenVerifier, makeSigningKey, type Scope, type SigningKey, signAccessToken } from '#platform/identity';
import { lookAfter, ROLLUP_CONNECTIONS } from '#platform/rollups';
import type { Clock } from '#platform/time';
import { Cleanup } from '../scripts/cleanup.ts';
import { openEmbeddedServer } from '../scripts/database-server.ts';
import { provisionService } from '../scripts/provision-service.ts';
import { startService } from '../scripts/service.ts';
import { messagingStats } from '../subgraphs/messaging-stats/subgraph.ts';
import { BENCH_NOW } from './data/message-events.ts';

/** A company of the benchmarks. */
export interface BenchCompany {
  readonly id: string;
  readonly timeZone: string;
}

/** What a company is from the beginning. */
export interface CompanyPlan {
  readonly timeZone: string;
  /** What it has, in words. */
  readonly has: string;
  /** Loads what it has; the company is registered already. */
  fill(company: BenchCompany): Promise<void>;
}

const REGISTER = `INSERT INTO billing.companies (company_id, name, time_zone, currency, registered_at)
  VALUES ($1, $2, $3, 'EUR', $4)`;
const REGISTERED_AT = '2025-01-01Z';
const ROLE_SECRET = 'secret of the roles of the benchmarks';

/**
 * Where everything is measured: an embedded PostgreSQL with the service's own settings, in a temporary folder, that is thrown away
 * with it. Its present is fixed.
 */
export class World {
  readonly clock: Clock = { now: () => BENCH_NOW };
  private readonly companies = new Map<string, Promise<BenchCompany>>();
  private registered = 0;

  private constructor(
    readonly ownerUrl: string,
    readonly config: Config,
    private readonly key: SigningKey,
    private readonly cleanup: Cleanup,
    private readonly tell: (progress: string) => void,
  ) {}

  /** @param levelsFrom from how many messages on a company has levels */
  static async open(levelsFrom: number, tell: (progress: string) => void): Promise<World> {
    const cleanup = new Cleanup();
    try {
      const dataDir = await mkdtemp(join(tmpdir(), 'statistics-bench-'));
      cleanup.add(() => rm(dataDir, { recursive: true, force: true }));
      tell('starting PostgreSQL');
      const server = await openEmbeddedServer(dataDir, pino({ level: 'silent' }));
      cleanup.add(() => server.stop());
      const settings = { PORT: '0', DATA_DIR: dataDir, DATABASE_TIMEOUT_MS: '600000' };
      const config = readConfig({ ...settings, ROLLUP_MIN_ROWS: String(levelsFrom) });
      const ownerUrl = server.ownerUrl;
      await provisionService({ ownerUrl, roleSecret: ROLE_SECRET, statementTimeoutMs: config.DATABASE_TIMEOUT_MS });
      return new World(ownerUrl, config, await makeSigningKey(), cleanup, tell);
    } catch (error) {
      await cleanup.run(() => undefined);
      throw error;
    }
  }

  /** The company of this name, registered and filled; made when it is first asked for. */
  company(name: string, plan: CompanyPlan): Promise<BenchCompany> {
    const known = this.companies.get(name) ?? this.make(name, plan);
    this.companies.set(name, known);
    return known;
  }

  /** Registers a company that has nothing yet, with the next number. Its currency is the euro. */
  async register(name: string, timeZone: string, registeredAt = REGISTERED_AT): Promise<string> {
    const id = String(++this.registered);
    await this.withOwner((client) => client.query(REGISTER, [id, name, timeZone, registeredAt]));
    return id;
  }

  /** The service in this process, as long as the work takes; without workers nothing happens but what is asked for. */
  async withService<T>(work: (url: string) => Promise<T>, { workers = true } = {}): Promise<T> {
    const service = await startService({
      config: this.config,
      ownerUrl: this.ownerUrl,
      roleSecret: ROLE_SECRET,
      verifyToken: localTokenVerifier(this.key, this.clock),
      workers,
      clock: this.clock,
      logger: pino({ level: 'silent' }),
      readiness: { ready: true },
    });
    try {
      return await work(service.url);
    } finally {
      await service.stop();
    }
  }

  /** Builds the levels of messages of a company that is large enough, and moves what has come since into them. */
  async fold(companyId: string): Promise<void> {
    const settings = { minRows: this.config.ROLLUP_MIN_ROWS };
    const rollups = messagingStats.rollups ?? [];
    await this.withDatabase(ROLLUP_CONNECTIONS, async (database) => {
      if (!(await lookAfter(database, companyId, rollups, settings))) throw new Error('somebody else folds');
    });
  }

  token(scopes: readonly Scope[], companyId?: string): Promise<string> {
    return signAccessToken(this.key, { subject: 'npm run bench', scopes, companyId }, 24 * 3600, this.clock);
  }

  /** The address with the role of a subgraph. */
  roleUrl(role: string): string {
    return roleUrl(this.ownerUrl, role, ROLE_SECRET);
  }

  /** Connections with the role of a subgraph, as long as the work takes. */
  async withDatabase<T>(
    poolSize: number,
    work: (database: Database) => Promise<T>,
    { schema }: Subgraph = messagingStats,
  ): Promise<T> {
    const url = this.roleUrl(schema);
    const database = new Database({ url, applicationName: 'bench', poolSize, connectTimeoutMs: 60_000 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  /** A connection of the owner, as long as the work takes. */
  async withOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.ownerUrl });
    // Where the server goes first, the statement under way says so.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.cleanup.run((error) => this.tell(`while closing: ${error}`));
  }

  private async make(name: string, { timeZone, has, fill }: CompanyPlan): Promise<BenchCompany> {
    this.tell(`loading company ${name}: ${has}`);
    const company = { id: await this.register(name, timeZone), timeZone };
    await fill(company);
    await this.withOwner((client) => client.query('VACUUM ANALYZE'));
    return company;
  }
}
