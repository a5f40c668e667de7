import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** Longest wait for a connection. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Posts bodies of any length as they come, no faster than they are taken. Not by fetch, which ends every request whose answer
 * begins later than five minutes after its first byte and offers no way to say otherwise.
 */
export class StreamingClient {
  private readonly agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };

  /** @param silenceMs longest time in which nothing moves in either direction */
  constructor(private readonly silenceMs: number) {}

  /**
   * The answer, which may come before the body has been sent: the rest of it is then not read. Throws what ended the
   * connection, or the body, before there was an answer.
   */
  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ status: number; text: string }> {
    const request = this.open(url, headers);
    const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    request.once('response', resolve);
    request.once('error', reject);
    endUnconnected(request);
    request.once('timeout', () => request.destroy(new Error(`nothing moved for ${this.silenceMs} ms`)));
    // What ends the body early ends the request; after an answer nobody asks why.
    pipeline(Readable.from(withoutThrow(body), { objectMode: false }), request).catch(reject);
    const response = await answered;
    try {
      return { status: response.statusCode ?? 0, text: await text(response) };
    } finally {
      if (!request.writableFinished) request.destroy();
    }
  }

  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private open(url: string, headers: Readonly<Record<string, string>>): ClientRequest {
    const options = { method: 'POST', headers, timeout: this.silenceMs };
    return url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent: this.agents['https:'] })
      : httpRequest(url, { ...options, agent: this.agents['http:'] });
  }
}

function endUnconnected(request: ClientRequest): void {
  const timer = setTimeout(
    () => request.destroy(new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`)),
    CONNECT_TIMEOUT_MS,
  );
  const done = () => clearTimeout(timer);
  request.once('close', done);
  request.once('socket', (socket) => (socket.connecting ? socket.once('connect', done) : done()));
}

/**
 * The same body for Readable.from, which would tell it of a failure of the request by throw(): that would destroy the
 * connection of the sender, to whom the refusal still has to go. return() only ends the reading.
 */
function withoutThrow(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const pieces = body[Symbol.asyncIterator]();
      return {
        next: () => pieces.next(),
        return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
