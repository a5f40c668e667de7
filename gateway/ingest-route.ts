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
import { withIdleTimeout } from './idle-timeout.ts';
import { ingestDirectory } from './ingest-directory.ts';

export interface IngestRouteOptions {
  connections: readonly SubgraphConnection[];
  verifyToken: TokenVerifier;
  /** Most requests under way; further ones are answered with 503. */
  maxRequests: number;
  /** Longest silence of a sender. */
  idleTimeoutMs: number;
}

/** The one kind that several subgraphs keep. */
const DIRECTORY = 'directory';

/** Takes events at /ingest/{kind} and passes the stream on to the subgraph that owns the kind; directory lines to all that keep them. */
export function addIngestRoute(server: FastifyInstance, options: IngestRouteOptions): void {
  const { connections } = options;
  let underWay = 0;
  leaveBodiesUnread(server);
  server.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/ingest/:kind',
    handler: () => {
      throw new ServiceError('METHOD_NOT_ALLOWED', 'events are sent with POST.');
    },
  });
  server.post('/ingest/:kind', INGEST_ROUTE, async (request, reply) => {
    const connection = ownerOf(connections, ingestKindOf(request));
    const caller = await authenticate(request.headers.authorization, request.id, options.verifyToken);
    if (!caller) throw tokenMissing();
    const sent = readIngestRequest(request);
    const ingest = { ...sent, body: withIdleTimeout(sent.body, options.idleTimeoutMs) };
    if (underWay >= options.maxRequests) {
      throw new ServiceError(
        'OVERLOADED',
        `${underWay} ingest requests are under way; send this one again in a second.`,
      );
    }
    underWay += 1;
    try {
      const { status, answer } =
        ingest.kind === DIRECTORY
          ? await ingestDirectory(ingest, caller, connections)
          : await connection.ingest(ingest, caller);
      return await reply.status(status).send(answer);
    } finally {
      underWay -= 1;
    }
  });
}

function ownerOf(connections: readonly SubgraphConnection[], kind: string): SubgraphConnection {
  const owner = connections.find(({ ingestKinds }) => ingestKinds.includes(kind));
  if (owner) return owner;
  const kinds = [...new Set(connections.flatMap(({ ingestKinds }) => ingestKinds))].join(', ');
  throw new ServiceError(
    'NOT_FOUND',
    `there are no events of kind ${JSON.stringify(kind.slice(0, 40))}; the kinds are: ${kinds}.`,
  );
}
