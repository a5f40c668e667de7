import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Config, processEnvironment, readConfig } from '#platform/config';
import { ensureSecretFile, randomSecret, SCOPE_NAMES, SCOPES_WITHOUT_COMPANY } from '#platform/identity';
import { systemClock } from '#platform/time';
import { ensureDemoData } from './demo-data.ts';
import { showProgress } from './progress.ts';
import { provisionService } from './provision-service.ts';
import { type ProcessLife, processLogger } from './run-process.ts';
import type { ServiceOptions } from './service.ts';
import { openTokens, type Tokens } from './tokens.ts';

/** A service that is to be told when what has to be done before the first request is done. */
export interface StartedService {
  readonly url: string;
  markReady(): void;
}

/** How the parts of the service are put together: in this process, or in processes of their own. Each notes how it ends. */
export interface Topology {
  /** Shown as the subject of the ready-made token: 'npm start'. */
  readonly command: string;
  /** Gives the address of the owner of the service's database. */
  openDatabase(config: Config, life: ProcessLife, logger: Logger): Promise<string>;
  startService(options: Omit<ServiceOptions, 'readiness'>, life: ProcessLife): Promise<StartedService>;
}

/** Who revises an invoice of the demo. */
const DEMO_STAFF = { name: 'Demo Staff', email: 'finance@example.com' };
/** How long the ready-made token of the first lines holds. */
const TOKEN_SECONDS = 12 * 3600;
const DEMO_COMPANY = '1';

/** Starts database, subgraphs and gateway, loads the demo company on the first start, and prints the addresses. */
export async function startWith(topology: Topology, life: ProcessLife): Promise<void> {
  const config = readConfig(processEnvironment());
  const logger = processLogger(config.LOG_LEVEL);
  const ownerUrl = await topology.openDatabase(config, life, logger);
  life.stopping.throwIfAborted();

  const tokens = await openTokens(config, systemClock);
  const secretFile = join(config.DATA_DIR, 'database-role-secret');
  const roleSecret = config.DATABASE_ROLE_SECRET ?? (await ensureSecretFile(secretFile, randomSecret));
  await provisionService({ ownerUrl, roleSecret, statementTimeoutMs: config.DATABASE_TIMEOUT_MS });
  life.stopping.throwIfAborted();

  const parts = { config, ownerUrl, roleSecret, verifyToken: tokens.verify, workers: true, clock: systemClock, logger };
  const service = await topology.startService(parts, life);
  life.stopping.throwIfAborted();

  if (config.DEMO_DATA === 'on') await loadDemoData(config, service.url, tokens, life.stopping);
  service.markReady();
  await printAddresses(service.url, topology.command, tokens);
}

async function loadDemoData(config: Config, url: string, { sign }: Tokens, signal: AbortSignal): Promise<void> {
  if (!sign) {
    console.error('Demo data is not loaded, as AUTH_JWKS_URL makes the tokens; DEMO_DATA=off hides this line.');
    return;
  }
  const progress = showProgress('Loading demo data', 'events');
  await ensureDemoData({
    dataDir: config.DATA_DIR,
    url,
    now: systemClock.now(),
    token: (scopes, companyId) => sign({ subject: 'demo-data', companyId, scopes, ...DEMO_STAFF }, 600),
    onProgress: (done, total) => progress.update(done, total),
    signal,
  });
  progress.finish();
}

async function printAddresses(url: string, command: string, { sign }: Tokens): Promise<void> {
  const scopes = SCOPE_NAMES.filter((scope) => !SCOPES_WITHOUT_COMPANY.includes(scope));
  const token = await sign?.({ subject: command, companyId: DEMO_COMPANY, scopes }, TOKEN_SECONDS);
  console.log(`
The statistics service is ready.

  GraphiQL  ${url}/graphql${token ? `#token=${token}` : ''}
  Graph     ${url}/graphql
  Ready     ${url}/readyz${token ? `\n\n  Token of company ${DEMO_COMPANY} for ${TOKEN_SECONDS / 3600} hours (another: npm run token -- --help):\n\n${token}` : ''}

Ctrl-C stops everything.`);
}
