// npm start: the whole service in one process, with an embedded PostgreSQL unless DATABASE_URL names another one.
import 'reflect-metadata';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Config, processEnvironment, readConfig } from '#platform/config';
import { StartUpError } from '#platform/errors';
import { ensureSecretFile, randomSecret, SCOPE_NAMES, SCOPES_WITHOUT_COMPANY } from '#platform/identity';
import { systemClock } from '#platform/time';
import { Cleanup } from './cleanup.ts';
import { openDatabaseServer } from './database-server.ts';
import { ensureDemoData } from './demo-data.ts';
import { showProgress } from './progress.ts';
import { provisionService } from './provision-service.ts';
import { startService } from './service.ts';
import { openTokens, type Tokens } from './tokens.ts';

/** How long the ready-made token of the first lines holds. */
const TOKEN_SECONDS = 12 * 3600;
const DEMO_COMPANY = '1';

async function start(config: Config, cleanup: Cleanup, stopping: AbortSignal): Promise<void> {
  const logger = pino({ level: config.LOG_LEVEL }, pino.destination(2));
  const server = await openDatabaseServer(config, logger);
  cleanup.add(() => server.stop());
  server.onUnexpectedExit((reason) => end(cleanup, 1, `${reason}; start the service again.`));
  stopping.throwIfAborted();

  const tokens = await openTokens(config, systemClock);
  const secretFile = join(config.DATA_DIR, 'database-role-secret');
  const roleSecret = config.DATABASE_ROLE_SECRET ?? (await ensureSecretFile(secretFile, randomSecret));
  const statementTimeoutMs = config.DATABASE_TIMEOUT_MS;
  await provisionService({ ownerUrl: server.ownerUrl, roleSecret, statementTimeoutMs });
  stopping.throwIfAborted();

  const readiness = { ready: false };
  const service = await startService({
    config,
    ownerUrl: server.ownerUrl,
    roleSecret,
    verifyToken: tokens.verify,
    workers: true,
    clock: systemClock,
    logger,
    readiness,
  });
  cleanup.add(() => service.stop());
  stopping.throwIfAborted();

  if (config.DEMO_DATA === 'on') await loadDemoData(config, service.url, tokens, stopping);
  readiness.ready = true;
  await printAddresses(service.url, tokens);
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
    token: (scopes, companyId) => sign({ subject: 'demo-data', companyId, scopes }, 600),
    onProgress: (done, total) => progress.update(done, total),
    signal,
  });
  progress.finish();
}

async function printAddresses(url: string, { sign }: Tokens): Promise<void> {
  const scopes = SCOPE_NAMES.filter((scope) => !SCOPES_WITHOUT_COMPANY.includes(scope));
  const token = await sign?.({ subject: 'npm start', companyId: DEMO_COMPANY, scopes }, TOKEN_SECONDS);
  console.log(`
The statistics service is ready.

  GraphiQL  ${url}/graphql${token ? `#token=${token}` : ''}
  Graph     ${url}/graphql
  Ready     ${url}/readyz${token ? `\n\n  Token of company ${DEMO_COMPANY} for ${TOKEN_SECONDS / 3600} hours (another: npm run token -- --help):\n\n${token}` : ''}

Ctrl-C stops everything.`);
}

/** Undoes what was started and ends the process. */
async function end(cleanup: Cleanup, exitCode: number, message?: string): Promise<never> {
  if (message) console.error(message);
  await cleanup.run((error) => console.error('while stopping:', error));
  process.exit(exitCode);
}

async function main(): Promise<void> {
  const cleanup = new Cleanup();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal does not wait for the first one's work; the next start recovers.
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
      void end(cleanup, 0);
    });
  }
  try {
    await start(readConfig(processEnvironment()), cleanup, stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return;
    await end(
      cleanup,
      1,
      error instanceof StartUpError ? `Cannot start: ${error.message}` : String((error as Error).stack),
    );
  }
}

void main();
