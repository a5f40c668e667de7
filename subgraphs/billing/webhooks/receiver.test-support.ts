import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message as it came in. */
export interface ReceivedMessage {
  path: string;
  headers: Record<string, string>;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: messages are asserted as whole values
  json: any;
}

/** How a receiver answers a message. */
export type Answer = number | ((request: IncomingMessage, response: ServerResponse) => void);

/** Somebody's system that takes in webhooks, on the loopback address. */
export interface Receiver {
  readonly url: string;
  /** Everything that came in, in order. */
  readonly received: ReceivedMessage[];
  /** Answers to the next messages; afterwards it is 204. */
  readonly answers: Answer[];
  close(): Promise<void>;
}

/** @param identity what it shows of itself where it speaks TLS, as PEM */
export async function startReceiver(identity?: { readonly key: string; readonly cert: string }): Promise<Receiver> {
  const received: ReceivedMessage[] = [];
  const answers: Answer[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    received.push({ path: request.url ?? '', headers, body, json: JSON.parse(body) });
    const answer = answers.shift() ?? 204;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else answer(request, response);
  };
  const server = identity ? createTlsServer(identity, take) : createServer(take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${identity ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
