import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#platform/config';
import { runningServerUrl } from '#platform/embedded-postgres';
import { StartUpError } from '#platform/errors';
import { SERVICE_DATABASE } from './database-server.ts';

/** How a command reaches the database of the service on this machine: its owner, and what the roles' passwords come from. */
export async function openOwner(
  config: Pick<Config, 'DATA_DIR' | 'DATABASE_URL' | 'DATABASE_ROLE_SECRET'>,
): Promise<{ ownerUrl: string; roleSecret: string }> {
  const { DATA_DIR: dataDir, DATABASE_URL: given } = config;
  const secretFile = join(dataDir, 'database-role-secret');
  const roleSecret = config.DATABASE_ROLE_SECRET ?? (await readFile(secretFile, 'utf8').catch(() => undefined));
  if (!roleSecret) {
    throw new StartUpError(`no service has run on ${dataDir}; set DATA_DIR, or DATABASE_URL and DATABASE_ROLE_SECRET.`);
  }
  const ownerUrl = given ?? embeddedUrl(dataDir);
  if (!ownerUrl) throw new StartUpError(`no PostgreSQL runs on ${dataDir}; start the service, or set DATABASE_URL.`);
  return { ownerUrl, roleSecret };
}

function embeddedUrl(dataDir: string): string | undefined {
  const server = runningServerUrl(dataDir);
  if (!server) return undefined;
  const url = new URL(server);
  url.pathname = `/${SERVICE_DATABASE}`;
  url.searchParams.set('sslmode', 'disable');
  return url.toString();
}
