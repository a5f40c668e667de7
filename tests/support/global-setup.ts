import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { provisionService } from '../../scripts/provision-service.ts';
import { SERVER_VARIABLE, TEMPLATE_DATABASE, TEST_ROLE_SECRET } from './test-database.ts';

/** Starts one PostgreSQL for all test files, with a migrated database that each of them clones. Gives the function that ends it. */
export default async function globalSetup(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'statistics-test-'));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = await startEmbeddedPostgres({ dataDir, settings });
  Object.assign(globalThis, {
    stopTestServer: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await client.end();
  const ownerUrl = new URL(server.url);
  ownerUrl.pathname = `/${TEMPLATE_DATABASE}`;
  await provisionService({
    ownerUrl: ownerUrl.toString(),
    roleSecret: TEST_ROLE_SECRET,
    statementTimeoutMs: 30_000,
  });
  process.env[SERVER_VARIABLE] = server.url;
}
