import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type ErrorCode, ServiceError, StartUpError } from '#platform/errors';

export interface HttpServerOptions {
  logger: Logger;
  /** Longest body of a request that is not read as a stream. */
  maxBodyBytes: number;
  /** Takes over the request ids of a caller that is trusted to make good ones; other ids than UUIDs never. */
  keepsRequestIds?: boolean;
}

/** Header of every answer, and of every log line about it. */
export const REQUEST_ID_HEADER = 'x-request-id';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A Fastify server with request ids, logging, and errors that show no more than they should. */
export function createHttpServer({
  logger,
  maxBodyBytes,
  keepsRequestIds = false,
}: HttpServerOptions): FastifyInstance {
  const server = Fastify({
    loggerInstance: logger,
    bodyLimit: maxBodyBytes,
    genReqId: ({ headers }) => {
      const given = headers[REQUEST_ID_HEADER];
      return keepsRequestIds && typeof given === 'string' && UUID.test(given) ? given : randomUUID();
    },
    // A stop does not wait for idle connections that are kept alive.
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Addresses that cannot be decoded; they pass no hooks.
    frameworkErrors: (error, request, reply) => {
      setCommonHeaders(request, reply);
      answerError(error, request, reply);
    },
  });
  server.addHook('onSend', async (request, reply) => setCommonHeaders(request, reply));
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request) => {
    throw new ServiceError('NOT_FOUND', `there is nothing at ${request.method} ${request.url.split('?')[0]}.`);
  });
  return server as unknown as FastifyInstance;
}

/** The settings that an address comes from, for the remedy of one that cannot be listened on. */
const ADDRESS_SETTINGS = { host: 'HOST', port: 'PORT' };

/** Listens and gives the port. Throws StartUpError where the address is taken or not allowed. */
export async function listen(
  server: FastifyInstance,
  host: string,
  port: number,
  settings = ADDRESS_SETTINGS,
): Promise<number> {
  try {
    await server.listen({ host, port });
  } catch (cause) {
    throw new StartUpError(listenFault(cause as NodeJS.ErrnoException, host, port, settings), { cause });
  }
  const address = server.server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function listenFault(
  { code, message }: NodeJS.ErrnoException,
  host: string,
  port: number,
  settings: typeof ADDRESS_SETTINGS,
): string {
  if (code === 'EADDRINUSE')
    return `port ${port} is in use; stop what listens there or set ${settings.port} to another one.`;
  if (code === 'EACCES')
    return `port ${port} may not be opened by this user; set ${settings.port} to one from 1024 on.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine; correct ${settings.host}.`;
  return `cannot listen on ${host}:${port} (${message}); correct ${settings.host} and ${settings.port}.`;
}

function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header(REQUEST_ID_HEADER, request.id);
  reply.header('x-content-type-options', 'nosniff');
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = error instanceof ServiceError ? error : fromFastify(error as { statusCode?: number; message: string });
  if (!known || known.httpStatus >= 500) request.log.error({ err: error }, 'a request failed');
  const answer = known ?? new ServiceError('INTERNAL_SERVER_ERROR', 'something went wrong here; it has been logged.');
  if (answer.httpStatus === 401) reply.header('www-authenticate', 'Bearer');
  // The rest of the body is not read any more.
  if (answer.httpStatus === 408) reply.header('connection', 'close');
  if (answer.httpStatus === 503) reply.header('retry-after', '1');
  const { code, message, httpStatus } = answer;
  void reply.status(httpStatus).send({ error: { code, message, requestId: request.id } });
}

/** Refusals of Fastify itself, such as a body that is too long. */
function fromFastify({ statusCode, message }: { statusCode?: number; message: string }): ServiceError | undefined {
  const codes: Record<number, ErrorCode> = {
    400: 'BAD_USER_INPUT',
    413: 'PAYLOAD_TOO_LARGE',
    415: 'UNSUPPORTED_MEDIA_TYPE',
  };
  const code = statusCode ? codes[statusCode] : undefined;
  if (code === 'PAYLOAD_TOO_LARGE') return new ServiceError(code, 'the body is too long; ask in several requests.');
  return code && new ServiceError(code, message);
}
