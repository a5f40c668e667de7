import { Client } from 'pg';
import type { Logger } from 'pino';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';

/** The embedded PostgreSQL, with the service's database. */
export interface DatabaseServer {
  /** Address of the owner of the service's database. */
  readonly ownerUrl: string;
  stop(): Promise<void>;
  onUnexpectedExit(listener: (reason: string) => void): void;
}

/** Name of the service's database on the embedded server. */
export const SERVICE_DATABASE = 'statistics';

/** Starts the embedded server on a data directory. Throws StartUpError where it cannot. */
export async function openEmbeddedServer(dataDir: string, logger: Logger): Promise<DatabaseServer> {
  const log = logger.child({ service: 'postgres' });
  const server = await startEmbeddedPostgres({ dataDir, onLog: (line) => log.debug(line) });
  const ownerUrl = new URL(server.url);
  // The server speaks on the loopback address only and without TLS; PGSSLMODE of the user is for other servers.
  ownerUrl.searchParams.set('sslmode', 'disable');
  try {
    await ensureDatabase(ownerUrl.toString());
  } catch (error) {
    await server.stop();
    throw error;
  }
  ownerUrl.pathname = `/${SERVICE_DATABASE}`;
  return {
    ownerUrl: ownerUrl.toString(),
    stop: () => server.stop(),
    onUnexpectedExit: (listener) => server.onUnexpectedExit(listener),
  };
}

async function ensureDatabase(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [SERVICE_DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${SERVICE_DATABASE}`);
  } finally {
    await client.end();
  }
}
