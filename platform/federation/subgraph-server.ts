import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ServiceError } from '#platform/errors';
import { createHttpServer, listen } from '#platform/http';
import { type Identity, INTERNAL_HEADER, type InternalPublicKey, verifyInternalToken } from '#platform/identity';
import type { Clock } from '#platform/time';
import type { Caller, SubgraphConnection } from './connection.ts';
import type { GraphQLRequest } from './executor.ts';
import { addFileRoutes } from './file-routes.ts';
import { INGEST_ROUTE, leaveBodiesUnread, readIngestRequest } from './ingest-request.ts';

export interface SubgraphServerOptions {
  subgraph: SubgraphConnection;
  /** By which the gateway's signature is known. */
  internalKey: InternalPublicKey;
  clock: Clock;
  host: string;
  /** 0 takes any free port. */
  port: number;
  logger: Logger;
}

/** A subgraph behind HTTP. */
export interface SubgraphServer {
  readonly port: number;
  /** Takes no more requests, finishes those under way, and ends. */
  stop(): Promise<void>;
}

/** Bodies come from the gateway, which bounds those of clients; entities that it asks for again may be many. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The only addresses that answer without the gateway's credential. */
const OPEN_ROUTES: readonly (string | undefined)[] = ['/healthz', '/readyz'];

/**
 * Serves a subgraph to the gateway: POST /graphql, POST /ingest/{kind}, GET /files/{fileId}, and its health. Whatever lacks the credential of the
 * gateway for this subgraph is refused before its body is read. Throws StartUpError where it cannot listen.
 */
export async function startSubgraphServer(options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { subgraph, logger } = options;
  const server = createHttpServer({
    logger: logger.child({ service: subgraph.name }),
    maxBodyBytes: MAX_BODY_BYTES,
    keepsRequestIds: true,
  });
  const identities = requireCredential(server, options);
  const callerOf = (request: FastifyRequest): Caller => {
    const identity = identities.get(request);
    if (!identity) throw new Error('a request came past the credential');
    return { identity, requestId: request.id };
  };
  addHealthRoutes(server, subgraph);
  server.post('/graphql', async (request) => subgraph.execute(readGraphQLRequest(request.body), callerOf(request)));
  addFileRoutes(server, subgraph, callerOf);
  await server.register(async (ingest) => addIngestRoute(ingest, subgraph, callerOf));
  try {
    const port = await listen(server, options.host, options.port, { host: 'SUBGRAPH_HOST', port: 'SUBGRAPH_PORT' });
    return { port, stop: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Verifies the credential of every request but those for its health; gives who asks, by request. */
function requireCredential(
  server: FastifyInstance,
  { subgraph, internalKey, clock }: SubgraphServerOptions,
): WeakMap<FastifyRequest, Identity> {
  const identities = new WeakMap<FastifyRequest, Identity>();
  server.addHook('onRequest', async (request) => {
    if (OPEN_ROUTES.includes(request.routeOptions.url)) return;
    const header = request.headers[INTERNAL_HEADER];
    const token = typeof header === 'string' ? header : undefined;
    identities.set(request, await verifyInternalToken(internalKey, token, subgraph.name, clock));
  });
  return identities;
}

function addHealthRoutes(server: FastifyInstance, subgraph: SubgraphConnection): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (request, reply) => {
    try {
      await subgraph.checkReady();
      return { status: 'ready' };
    } catch (error) {
      request.log.error({ err: error }, 'the subgraph cannot serve');
      return reply.status(503).header('retry-after', '1').send({ status: 'failing' });
    }
  });
}

function addIngestRoute(
  server: FastifyInstance,
  subgraph: SubgraphConnection,
  callerOf: (request: FastifyRequest) => Caller,
): void {
  leaveBodiesUnread(server);
  server.post('/ingest/:kind', INGEST_ROUTE, async (request, reply) => {
    const { status, answer } = await subgraph.ingest(readIngestRequest(request), callerOf(request));
    return reply.status(status).send(answer);
  });
}

function readGraphQLRequest(body: unknown): GraphQLRequest {
  const { query, variables, operationName } = (isObject(body) ? body : {}) as Partial<GraphQLRequest>;
  if (typeof query !== 'string') throw new ServiceError('BAD_USER_INPUT', 'query: send the text of a document.');
  if (variables != null && !isObject(variables)) throw new ServiceError('BAD_USER_INPUT', 'variables: send an object.');
  if (operationName != null && typeof operationName !== 'string') {
    throw new ServiceError('BAD_USER_INPUT', 'operationName: send a text.');
  }
  return { query, variables, operationName };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
