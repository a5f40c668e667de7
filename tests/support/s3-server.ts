import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export const S3_KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret of the bucket' };

/** The part of S3 that the service needs, with signatures checked as Amazon documents them (Signature Version 4). */
export interface S3Server {
  readonly url: string;
  /** Bytes by bucket and name: 'files/prefix/key'. */
  readonly objects: Map<string, Buffer>;
  /** Method and path of each request, in order. */
  readonly requests: string[];
  /** Answers to the next requests, instead of doing what they ask. */
  readonly failures: number[];
  stop(): Promise<void>;
}

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const failures: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    requests.push(`${request.method} ${request.url?.replace(/\?.*/, '')}`);
    const failure = failures.shift() ?? (isSigned(request) ? undefined : 403);
    if (failure) return refuse(response, failure);
    return answer(request, response, body, objects);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    failures,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  objects: Map<string, Buffer>,
) {
  const name = url.replace(/\?.*/, '').slice(1);
  if (method === 'PUT') {
    const expected = headers['x-amz-checksum-sha256'];
    if (expected !== createHash('sha256').update(body).digest('base64')) return refuse(response, 400);
    objects.set(name, body);
    return response.end();
  }
  if (method === 'DELETE') {
    objects.delete(name);
    return response.writeHead(204).end();
  }
  const bytes = objects.get(name);
  if (!bytes) return refuse(response, 404);
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  if (start === undefined) return response.end(bytes);
  return response.writeHead(206).end(bytes.subarray(Number(start), Number(end) + 1));
}

function refuse(response: ServerResponse, status: number) {
  const code = { 403: 'SignatureDoesNotMatch', 404: 'NoSuchKey' }[status] ?? 'InternalError';
  response.writeHead(status, { 'content-type': 'application/xml' });
  return response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Whether the request was signed with the secret, for this very method, path and headers. */
function isSigned({ method, url = '', headers }: IncomingMessage): boolean {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, credential = '', signed = '', signature] = pattern.exec(headers.authorization ?? '') ?? [];
  const [accessKeyId, ...scope] = credential.split('/');
  const [path = '', query = ''] = url.split('?');
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonicalQuery = query.split('&').filter(Boolean).sort().join('&');
  const canonical = [method, path, canonicalQuery, lines.join(''), signed, headers['x-amz-content-sha256']].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope.join('/'), hash].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${S3_KEY.secretAccessKey}`);
  return accessKeyId === S3_KEY.accessKeyId && hmac(key, text).toString('hex') === signature;
}
