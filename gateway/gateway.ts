import type { Logger } from 'pino';
import type { SubgraphConnection } from '#platform/federation';
import type { FileLinks } from '#platform/files';
import { createHttpServer, listen } from '#platform/http';
import type { TokenVerifier } from '#platform/identity';
import type { Clock } from '#platform/time';
import { addFileRoute } from './file-route.ts';
import { addGraphiqlFiles } from './graphiql.ts';
import { addGraphQLRoute } from './graphql-route.ts';
import { addHealthRoutes, type Readiness } from './health-routes.ts';
import { addIngestRoute } from './ingest-route.ts';
import { stripInternalHeader } from './internal-header.ts';

/** How long a stop waits for requests under way before their connections are cut. */
const STOP_GRACE_MS = 10_000;

export interface GatewayOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The committed supergraph; nothing is composed at start. */
  supergraphSdl: string;
  connections: readonly SubgraphConnection[];
  verifyToken: TokenVerifier;
  fileLinks: FileLinks;
  clock: Clock;
  subgraphTimeoutMs: number;
  maxBodyBytes: number;
  maxIngestRequests: number;
  ingestIdleTimeoutMs: number;
  readiness: Readiness;
  logger: Logger;
}

export interface Gateway {
  readonly port: number;
  /** Takes no more requests, finishes those under way, and ends. */
  stop(): Promise<void>;
}

/** Opens the only door of the service: the graph, GraphiQL, ingest and health. Throws StartUpError where it cannot listen. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { connections, verifyToken, logger } = options;
  const server = createHttpServer({ logger, maxBodyBytes: options.maxBodyBytes });
  stripInternalHeader(server);
  addHealthRoutes(server, connections, options.readiness);
  addGraphiqlFiles(server);
  addFileRoute(server, { ...options });
  // A context of its own, as it reads bodies in its own way.
  await server.register(async (ingest) => {
    const { maxIngestRequests: maxRequests, ingestIdleTimeoutMs: idleTimeoutMs } = options;
    addIngestRoute(ingest, { connections, verifyToken, maxRequests, idleTimeoutMs });
  });
  const stopGraph = await addGraphQLRoute(server, { ...options });
  try {
    const port = await listen(server, options.host, options.port);
    return {
      port,
      async stop() {
        const cut = setTimeout(() => server.server.closeAllConnections(), STOP_GRACE_MS);
        await server.close();
        clearTimeout(cut);
        await stopGraph();
      },
    };
  } catch (error) {
    await server.close();
    await stopGraph();
    throw error;
  }
}
