import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServiceError } from '#platform/errors';
import type { ByteRange } from '#platform/files';
import type { Caller, OpenedFile, SubgraphConnection } from './connection.ts';

interface FileParameters {
  fileId: string;
}

/**
 * GET /files/{fileId} tells the gateway of a file of the caller's company, and GET /files/{fileId}/bytes gives its bytes, or
 * the range that the gateway has worked out of it. The file is closed when the gateway takes no more.
 */
export function addFileRoutes(
  server: FastifyInstance,
  subgraph: SubgraphConnection,
  callerOf: (request: FastifyRequest) => Caller,
): void {
  const find = async (request: FastifyRequest): Promise<OpenedFile> => {
    const file = await subgraph.openFile((request.params as FileParameters).fileId, callerOf(request));
    if (!file) throw new ServiceError('NOT_FOUND', 'this file is not kept here.');
    return file;
  };
  server.get('/files/:fileId', async (request) => {
    const { id, name, contentType, sizeBytes, sha256 } = await find(request);
    return { id, name, contentType, sizeBytes, sha256 };
  });
  server.get('/files/:fileId/bytes', { exposeHeadRoute: false }, async (request, reply) => {
    const file = await find(request);
    const range = readRange(request.headers.range, file.sizeBytes);
    reply.type('application/octet-stream');
    if (!range) return reply.header('content-length', file.sizeBytes).send(await file.read());
    return reply
      .status(206)
      .header('content-range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`)
      .header('content-length', range.end - range.start + 1)
      .send(await file.read(range));
  });
}

/** First and last byte, as the gateway writes them: both, and inside of the file. */
function readRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range = { start: Number(first), end: Number(last) };
  if (first !== '' && range.start <= range.end && range.end < sizeBytes) return range;
  throw new ServiceError('RANGE_NOT_SATISFIABLE', `range: send bytes=FIRST-LAST, both below ${sizeBytes}.`);
}
