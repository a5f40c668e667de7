import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { ServiceError } from '#platform/errors';
import type { ByteRange, FileRecord } from '#platform/files';
import type { OpenedFile } from './connection.ts';

export interface FileClientOptions {
  /** Name of the subgraph. */
  name: string;
  /** http://host:port, without a slash at the end. */
  url: string;
  /** Longest wait for an answer to begin; the bytes of a file may then come as slowly as they are taken. */
  timeoutMs: number;
  /** Headers of one request. */
  credentials(): Promise<Record<string, string>>;
}

/** A file that a subgraph behind HTTP keeps; undefined where it has none. Its bytes are asked for when they are read. */
export async function openRemoteFile(options: FileClientOptions, fileId: string): Promise<OpenedFile | undefined> {
  const path = `/files/${encodeURIComponent(fileId)}`;
  const response = await ask(options, path);
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (response.status !== 200) throw await failed(options, response);
  const record = await response.json().catch((cause: unknown) => {
    throw noAnswer(options, cause);
  });
  return { ...(record as FileRecord), read: (range) => readBytes(options, `${path}/bytes`, range) };
}

/** Ends the request, and with it the reading on the other side, when the stream is destroyed. */
async function readBytes(options: FileClientOptions, path: string, range?: ByteRange): Promise<Readable> {
  const response = await ask(options, path, range && { range: `bytes=${range.start}-${range.end}` });
  if (response.status !== (range ? 206 : 200) || !response.body) throw await failed(options, response);
  return Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
}

/** Waits until the answer begins. */
async function ask(options: FileClientOptions, path: string, headers?: Record<string, string>): Promise<Response> {
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), options.timeoutMs);
  try {
    return await fetch(`${options.url}${path}`, {
      headers: { ...(await options.credentials()), ...headers },
      redirect: 'error',
      signal: slow.signal,
    });
  } catch (cause) {
    throw noAnswer(options, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function failed(options: FileClientOptions, response: Response): Promise<ServiceError> {
  await response.body?.cancel();
  return noAnswer(options, new Error(`${options.name} answered for a file with status ${response.status}`));
}

function noAnswer({ name }: FileClientOptions, cause: unknown): ServiceError {
  return new ServiceError('SERVICE_UNAVAILABLE', `${name} did not answer; ask again in a second.`, { cause });
}
