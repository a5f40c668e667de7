import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IngestAnswer } from '#platform/ingest';

/** One request as it came. */
export interface ReceivedRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly lines: readonly string[];
}

/** What a test's server does with a request. Undefined: it counts every line as inserted. */
export type Behaviour = (
  request: ReceivedRequest,
  response: ServerResponse,
  incoming: IncomingMessage,
) => unknown | undefined;

/** Stands for the service in a test of what happens when it is busy, gone or another one. */
export interface IngestServer {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  stop(): Promise<void>;
}

/** Starts a server that reads each request whole and treats the first ones as told, one after another. */
export async function startIngestServer(...behaviours: readonly (Behaviour | undefined)[]): Promise<IngestServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const body = await text(incoming);
    const lines = body.split('\n').filter((line) => line !== '');
    const request = { path: incoming.url ?? '', authorization: incoming.headers.authorization, lines };
    requests.push(request);
    const behave = behaviours[requests.length - 1];
    if (behave) behave(request, response, incoming);
    else response.end(JSON.stringify(inserted(lines.length)));
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The answer to lines that are all new. */
export function inserted(lines: number): IngestAnswer {
  return { received: lines, inserted: lines, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [] };
}
