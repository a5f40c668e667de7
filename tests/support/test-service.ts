import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { type Identity, localTokenVerifier, makeSigningKey, SCOPE_NAMES, signAccessToken } from '#platform/identity';
import type { IngestAnswer } from '#platform/ingest';
import { startService } from '../../scripts/service.ts';
import { startServices } from './services-topology.ts';
import { cloneDatabase, TEST_ROLE_SECRET } from './test-database.ts';

/** The moment at which tests happen, unless they choose another: Sunday 2026-03-15, 12:00:00 UTC. */
export const TEST_NOW = Date.UTC(2026, 2, 15, 12);

/** Tokens of companies outlive the months that a test may let pass. */
export const YEAR_SECONDS = 31_536_000;

export interface GraphAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted as whole values, whatever their shape
  data: any;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; service?: string; field?: string[] };
  }[];
}

export interface IngestOptions {
  atomic?: boolean;
  headers?: Record<string, string>;
}

/** A company of one test, and a client that speaks for it through the gateway. */
export interface TestCompany {
  readonly id: string;
  graph(query: string, variables?: Record<string, unknown>): Promise<GraphAnswer>;
  /** Sends lines (objects, or the text of one) of a kind; the answer's body with its status. */
  ingest(
    kind: string,
    lines: readonly (object | string)[],
    options?: IngestOptions,
  ): Promise<IngestAnswer & { status: number }>;
}

export interface TestService {
  readonly url: string;
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** The time that the service believes it is; tests may move it. */
  readonly clock: { now(): number; set(instant: number): void };
  token(identity: Partial<Identity>, lifetimeSeconds?: number): Promise<string>;
  /** Registers a company with a number that no other test has. */
  company(options?: { timeZone?: string; currency?: string }): Promise<TestCompany>;
  graph(token: string | undefined, query: string, variables?: Record<string, unknown>): Promise<GraphAnswer>;
  /** Runs every job that waits, and those that these leave behind, until none is left. Gives the number of tries. */
  runJobs(): Promise<number>;
  /** Looks after the levels of every company that wants it, in all subgraphs. */
  runRollups(): Promise<void>;
  /** Puts jobs into the queue for what has fallen due by the clock; runJobs does so, too. */
  lookForDue(): Promise<void>;
  /** Gives jobs whose worker is dead back to the queue. */
  recoverJobs(): Promise<void>;
  stop(): Promise<void>;
}

const START = { 'all-in-one': startService, services: startServices };

/** How the parts of the service are put together, as TEST_TOPOLOGY says; the same tests hold for both. */
function topology(): keyof typeof START {
  const name = process.env['TEST_TOPOLOGY'] ?? 'all-in-one';
  if (name === 'all-in-one' || name === 'services') return name;
  throw new Error(`TEST_TOPOLOGY=${name}: it is all-in-one or services`);
}

/** Starts the whole service on a database of its own. Ask for it once a test file, and stop it in afterAll. */
export async function startTestService(
  environment: Record<string, string> = {},
  logger = pino({ level: 'silent' }),
): Promise<TestService> {
  const database = await cloneDatabase();
  const key = await makeSigningKey();
  const dataDir = await mkdtemp(join(tmpdir(), 'statistics-data-'));
  let now = TEST_NOW;
  const clock = { now: () => now, set: (instant: number) => (now = instant) };
  const service = await START[topology()]({
    config: readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', DATA_DIR: dataDir, ...environment }),
    ownerUrl: database.ownerUrl,
    roleSecret: TEST_ROLE_SECRET,
    verifyToken: localTokenVerifier(key, clock),
    // Tests run jobs when they mean to.
    workers: false,
    clock,
    logger,
    readiness: { ready: true },
  });
  const { url } = service;
  const token = (identity: Partial<Identity>, lifetimeSeconds = 3600) =>
    signAccessToken(key, { subject: 'test', scopes: SCOPE_NAMES, ...identity }, lifetimeSeconds, clock);
  const graph: TestService['graph'] = (bearer, query, variables) => askGraph(url, bearer, query, variables);
  let companies = 0;
  return {
    url,
    ownerUrl: database.ownerUrl,
    dataDir,
    clock,
    token,
    graph,
    async company({ timeZone = 'Europe/Moscow', currency = 'EUR' } = {}) {
      const id = String(100 + companies++);
      const staff = await token({ scopes: ['staff:platform'] });
      const input = { id, name: `Company ${id}`, timeZone, currency };
      await graph(
        staff,
        'mutation Register($input: RegisterCompanyInput!) { registerCompany(input: $input) { company { id } } }',
        { input },
      );
      const bearer = await token({ companyId: id }, YEAR_SECONDS);
      return {
        id,
        graph: (query, variables) => graph(bearer, query, variables),
        ingest: (kind, lines, options) => sendLines(url, bearer, kind, lines, options),
      };
    },
    async runJobs() {
      let tries = 0;
      for (const runner of service.jobs) tries += await runner.runPending();
      return tries;
    },
    async runRollups() {
      for (const worker of service.rollups) await worker.runPending();
    },
    async lookForDue() {
      for (const runner of service.jobs) await runner.look();
    },
    async recoverJobs() {
      for (const runner of service.jobs) await runner.recover();
    },
    async stop() {
      await service.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function askGraph(
  url: string,
  token: string | undefined,
  query: string,
  variables?: object,
): Promise<GraphAnswer> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, ...((await response.json()) as Omit<GraphAnswer, 'status'>) };
}

async function sendLines(
  url: string,
  token: string,
  kind: string,
  lines: readonly (object | string)[],
  { atomic = false, headers = {} }: IngestOptions = {},
): Promise<IngestAnswer & { status: number }> {
  const response = await fetch(`${url}/ingest/${kind}${atomic ? '?atomic=true' : ''}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', ...headers },
    body: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  });
  return { status: response.status, ...((await response.json()) as IngestAnswer) };
}
