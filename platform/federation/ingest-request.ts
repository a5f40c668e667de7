import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServiceError } from '#platform/errors';
import type { IngestRequest } from './connection.ts';

/** What events are sent as: one JSON object a line. */
export const INGEST_CONTENT_TYPE = 'application/x-ndjson';

/** Options of a route that takes events: the body is a stream of any length. */
export const INGEST_ROUTE = { bodyLimit: Number.MAX_SAFE_INTEGER } as const;

/** How long a sender may go on after the answer before its connection is closed. */
const LINGER_MS = 30_000;

/** Lets the routes of a context leave bodies unread: whoever stores the events reads them, as fast as it can. */
export function leaveBodiesUnread(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _body, done) => done(null));
  server.addHook('onResponse', async ({ raw }) => discardRest(raw));
}

/**
 * Lets a sender who was refused in the middle of a body come to an end: what nobody reads keeps its connection open, and a
 * connection that nobody reads does not even notice that the other side has gone.
 */
function discardRest(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(timer));
  // A reader that still waits for more holds the stream back, and one that ends later than this stops a stream that only flows:
  // while somebody listens for data, it goes on.
  request.removeAllListeners('readable');
  request.on('data', () => undefined);
  request.resume();
}

/** The kind that the address `/ingest/:kind` names. */
export function ingestKindOf(request: FastifyRequest): string {
  return (request.params as { kind: string }).kind;
}

/** Reads everything of a request with events but its body. Throws ServiceError where the headers or the address do not hold. */
export function readIngestRequest(request: FastifyRequest): IngestRequest {
  const contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== INGEST_CONTENT_TYPE) {
    throw new ServiceError(
      'UNSUPPORTED_MEDIA_TYPE',
      `send the header Content-Type: ${INGEST_CONTENT_TYPE}, one JSON object a line.`,
    );
  }
  return {
    kind: ingestKindOf(request),
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
