import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import type { SubgraphConnection } from '#platform/federation';
import type { FileLinks } from '#platform/files';
import type { TokenVerifier } from '#platform/identity';
import type { Clock } from '#platform/time';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import type { Readiness } from '../gateway/health-routes.ts';

const SUPERGRAPH = resolve(__dirname, '../schema/supergraph.graphql');

export interface OpenGatewayOptions {
  config: Pick<
    Config,
    | 'HOST'
    | 'PORT'
    | 'SUBGRAPH_TIMEOUT_MS'
    | 'GRAPHQL_MAX_BODY_BYTES'
    | 'INGEST_MAX_REQUESTS'
    | 'INGEST_IDLE_TIMEOUT_MS'
  >;
  connections: readonly SubgraphConnection[];
  verifyToken: TokenVerifier;
  fileLinks: FileLinks;
  clock: Clock;
  readiness: Readiness;
  logger: Logger;
}

/** Starts the gateway of the committed supergraph in this process. */
export async function openGateway({ config, ...parts }: OpenGatewayOptions): Promise<Gateway> {
  return startGateway({
    ...parts,
    host: config.HOST,
    port: config.PORT,
    supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
    subgraphTimeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxBodyBytes: config.GRAPHQL_MAX_BODY_BYTES,
    maxIngestRequests: config.INGEST_MAX_REQUESTS,
    ingestIdleTimeoutMs: config.INGEST_IDLE_TIMEOUT_MS,
  });
}

/** The address of a gateway, as a client on this machine reaches it. */
export function localUrl({ port }: Pick<Gateway, 'port'>): string {
  return `http://localhost:${port}`;
}
