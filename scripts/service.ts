import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import { RunningSubgraph } from '#platform/federation';
import { openFiles } from '#platform/files';
import type { TokenVerifier } from '#platform/identity';
import type { Clock } from '#platform/time';
import { startGateway } from '../gateway/gateway.ts';
import type { Readiness } from '../gateway/health-routes.ts';
import { SUBGRAPHS } from './subgraphs.ts';

const SUPERGRAPH = resolve(__dirname, '../schema/supergraph.graphql');

export interface ServiceOptions {
  config: Config;
  /** Address of the owner of a database that is migrated; each subgraph connects with its own role. */
  ownerUrl: string;
  roleSecret: string;
  verifyToken: TokenVerifier;
  clock: Clock;
  logger: Logger;
  readiness: Readiness;
}

export interface Service {
  /** Address of the gateway, as a client on this machine reaches it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts all subgraphs and the gateway in this process. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, logger, clock } = options;
  const files = await openFiles(config);
  const databases = SUBGRAPHS.map(({ name, schema }) => {
    return new Database({
      url: roleUrl(options.ownerUrl, schema, options.roleSecret),
      applicationName: `statistics ${name}`,
      poolSize: config.DATABASE_POOL_SIZE,
      connectTimeoutMs: config.DATABASE_TIMEOUT_MS,
    });
  });
  const closeDatabases = () => Promise.all(databases.map((database) => database.close()));
  try {
    const connections = await Promise.all(
      SUBGRAPHS.map((subgraph, index) => {
        const database = databases[index] as Database;
        return RunningSubgraph.start(subgraph, { config, database, files, clock, logger });
      }),
    );
    const gateway = await startGateway({
      host: config.HOST,
      port: config.PORT,
      supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
      connections,
      verifyToken: options.verifyToken,
      fileLinks: files.links,
      clock,
      subgraphTimeoutMs: config.SUBGRAPH_TIMEOUT_MS,
      maxBodyBytes: config.GRAPHQL_MAX_BODY_BYTES,
      maxIngestRequests: config.INGEST_MAX_REQUESTS,
      ingestIdleTimeoutMs: config.INGEST_IDLE_TIMEOUT_MS,
      readiness: options.readiness,
      logger,
    });
    return {
      url: `http://localhost:${gateway.port}`,
      async stop() {
        await gateway.stop();
        await closeDatabases();
      },
    };
  } catch (error) {
    await closeDatabases();
    throw error;
  }
}
