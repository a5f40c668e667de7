import type { FastifyInstance } from 'fastify';
import { ServiceError } from '#platform/errors';
import {
  INGEST_ROUTE,
  ingestKindOf,
  leaveBodiesUnread,
  readIngestRequest,
  type SubgraphConnection,
} from '#platform/federation';
import type { TokenVerifier } from '#platform/identity';
import { authenticate, tokenMissing } from './authenticate.ts';

export interface IngestRouteOptions {
  connections: readonly SubgraphConnection[];
  verifyToken: TokenVerifier;
  /** Most requests under way; further ones are answered with 503. */
  maxRequests: number;
}

/** Takes events at /ingest/{kind} and passes the stream on to the subgraph that owns the kind. */
export function addIngestRoute(server: FastifyInstance, options: IngestRouteOptions): void {
  let underWay = 0;
  leaveBodiesUnread(server);
  server.post('/ingest/:kind', INGEST_ROUTE, async (request, reply) => {
    const connection = ownerOf(options.connections, ingestKindOf(request));
    const caller = await authenticate(request.headers.authorization, request.id, options.verifyToken);
    if (!caller) throw tokenMissing();
    const ingest = readIngestRequest(request);
    if (underWay >= options.maxRequests) {
      throw new ServiceError(
        'OVERLOADED',
        `${underWay} ingest requests are under way; send this one again in a second.`,
      );
    }
    underWay += 1;
    try {
      const { status, answer } = await connection.ingest(ingest, caller);
      return await reply.status(status).send(answer);
    } finally {
      underWay -= 1;
    }
  });
}

function ownerOf(connections: readonly SubgraphConnection[], kind: string): SubgraphConnection {
  const owner = connections.find(({ ingestKinds }) => ingestKinds.includes(kind));
  if (owner) return owner;
  const kinds = connections.flatMap(({ ingestKinds }) => ingestKinds).join(', ');
  throw new ServiceError(
    'NOT_FOUND',
    `there are no events of kind ${JSON.stringify(kind.slice(0, 40))}; the kinds are: ${kinds}.`,
  );
}
