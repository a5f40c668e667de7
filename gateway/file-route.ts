import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceError } from '#platform/errors';
import type { OpenedFile, SubgraphConnection } from '#platform/federation';
import type { FileAddress, FileLinks } from '#platform/files';
import type { Clock } from '#platform/time';
import { readByteRange } from './byte-range.ts';

export interface FileRouteOptions {
  connections: readonly SubgraphConnection[];
  fileLinks: FileLinks;
  clock: Clock;
}

interface Parameters {
  service: string;
  companyId: string;
  fileId: string;
}

/** Gives files to whoever has a signed link, at GET and HEAD /files/{service}/{companyId}/{fileId}; no token is asked for. */
export function addFileRoute(server: FastifyInstance, options: FileRouteOptions): void {
  server.route({
    method: ['GET', 'HEAD'],
    url: '/files/:service/:companyId/:fileId',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const file = await findLinked(request, options);
      describe(reply, file);
      if (request.headers['if-none-match'] === entityTag(file)) return reply.status(304).send();
      return request.method === 'HEAD'
        ? reply.header('content-length', file.sizeBytes).send()
        : sendBytes(request, reply, file);
    },
  });
}

/** The file that a link names. The link stands for its company: the owner is asked as if by it, without any scope. */
async function findLinked(request: FastifyRequest, options: FileRouteOptions): Promise<OpenedFile> {
  const address: FileAddress = { ...(request.params as Parameters) };
  const { expires, signature } = request.query as Record<string, unknown>;
  const seal = { expires: textOf(expires), signature: textOf(signature) };
  options.fileLinks.verify(address, seal, options.clock.now());
  const owner = options.connections.find(({ name }) => name === address.service);
  const identity = { subject: 'file link', companyId: address.companyId, scopes: [] };
  const file = await owner?.openFile(address.fileId, { identity, requestId: request.id });
  if (!file) throw new ServiceError('NOT_FOUND', 'this file is no longer kept.');
  return file;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function describe(reply: FastifyReply, file: OpenedFile): void {
  reply.headers({
    'content-disposition': contentDisposition(file.name),
    'accept-ranges': 'bytes',
    etag: entityTag(file),
    'cache-control': 'private, no-cache',
  });
  reply.type(file.contentType);
}

async function sendBytes(request: FastifyRequest, reply: FastifyReply, file: OpenedFile): Promise<FastifyReply> {
  const isSame = [undefined, entityTag(file)].includes(request.headers['if-range'] as string | undefined);
  const range = isSame ? readByteRange(request.headers.range, file.sizeBytes) : undefined;
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.sizeBytes}`);
    throw new ServiceError('RANGE_NOT_SATISFIABLE', `the file ends after ${file.sizeBytes} bytes; ask for others.`);
  }
  if (!range) return reply.header('content-length', file.sizeBytes).send(await file.read());
  return reply
    .status(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`)
    .header('content-length', range.end - range.start + 1)
    .send(await file.read(range));
}

function entityTag({ sha256 }: OpenedFile): string {
  return `"${sha256}"`;
}

/** Offers the file for saving under its name: in Unicode as RFC 5987 has it, and in ASCII for those who do not know that. */
export function contentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
