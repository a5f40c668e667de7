import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServiceError } from '#platform/errors';
import type { SubgraphConnection } from '#platform/federation';
import type { TokenVerifier } from '#platform/identity';
import { authenticate, tokenMissing } from './authenticate.ts';
import { ingestDirectory } from './ingest-directory.ts';

export interface IngestRouteOptions {
  connections: readonly SubgraphConnection[];
  verifyToken: TokenVerifier;
  /** Most requests under way; further ones are answered with 503. */
  maxRequests: number;
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
  server.post('/ingest/:kind', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const { connections } = options;
    const connection = ownerOf(connections, (request.params as { kind: string }).kind);
    const caller = await authenticate(request.headers.authorization, request.id, options.verifyToken);
    if (!caller) throw tokenMissing();
    const ingest = readRequest(request);
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

function readRequest(request: FastifyRequest) {
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
    body: request.raw.iterator({ destroyOnReturn: false }),
    contentEncoding: request.headers['content-encoding'],
    atomic: readAtomic((request.query as { atomic?: string }).atomic),
  };
}

function readAtomic(value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new ServiceError('BAD_USER_INPUT', `atomic: ${JSON.stringify(value)} is neither true nor false.`);
}
