import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServiceError } from '#platform/errors';
import type { SubgraphConnection } from '#platform/federation';
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

const CONTENT_TYPE = 'application/x-ndjson';
/** The one kind that several subgraphs keep. */
const DIRECTORY = 'directory';

/** Takes events at /ingest/{kind} and passes the stream on to the subgraph that owns the kind; directory lines to all that keep them. */
export function addIngestRoute(server: FastifyInstance, options: IngestRouteOptions): void {
  let underWay = 0;
  // The body is a stream of any length: it is not read here, but by the subgraph, as fast as it can store.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _body, done) => done(null));
  server.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/ingest/:kind',
    handler: () => {
      throw new ServiceError('METHOD_NOT_ALLOWED', 'events are sent with POST.');
    },
  });
  server.post('/ingest/:kind', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const { connections } = options;
    const connection = ownerOf(connections, (request.params as { kind: string }).kind);
    const caller = await authenticate(request.headers.authorization, request.id, options.verifyToken);
    if (!caller) throw tokenMissing();
    const ingest = readRequest(request, options.idleTimeoutMs);
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
      // What is left of a refused body is thrown away as it comes: its sender would wait for ever to get rid of it.
      request.raw.resume();
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

function readRequest(request: FastifyRequest, idleTimeoutMs: number) {
  const contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== CONTENT_TYPE) {
    throw new ServiceError(
      'UNSUPPORTED_MEDIA_TYPE',
      `send the header Content-Type: ${CONTENT_TYPE}, one JSON object a line.`,
    );
  }
  return {
    kind: (request.params as { kind: string }).kind,
    // Ending early must leave the connection open: the refusal still has to go out on it.
    body: withIdleTimeout(request.raw.iterator({ destroyOnReturn: false }), idleTimeoutMs),
    contentEncoding: request.headers['content-encoding'],
    atomic: readAtomic((request.query as { atomic?: string }).atomic),
  };
}

function readAtomic(value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new ServiceError('BAD_USER_INPUT', `atomic: ${JSON.stringify(value)} is neither true nor false.`);
}
