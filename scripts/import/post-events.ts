import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** What came back, whoever sent it. */
export interface PostAnswer {
  readonly status: number;
  /** Retry-After in milliseconds, where it is a number of seconds. */
  readonly retryAfterMs: number | undefined;
  readonly body: string;
}

/** A connection whose other end is gone without a word is noticed after a few of these. */
const KEEP_ALIVE_MS = 30_000;

/**
 * Posts a stream of NDJSON, as fast as the service takes it. There is no time limit: a long body is stored while it is
 * sent, and fetch would end it after five minutes. Throws the connection's error, or that of the body.
 */
export async function postEvents(
  address: URL,
  token: string,
  body: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<PostAnswer> {
  const request = address.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const outgoing = request(address, { method: 'POST', headers });
  outgoing.setSocketKeepAlive(true, KEEP_ALIVE_MS);
  // What fails after an early answer is of no interest: the service does not want the rest.
  outgoing.on('error', () => {});
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  let bodyFailure: { error: unknown } | undefined;
  async function* watchedBody() {
    try {
      yield* body;
    } catch (error) {
      bodyFailure = { error };
      throw error;
    }
  }
  pipeline(watchedBody, outgoing).catch(() => {});
  try {
    const [incoming] = await answered;
    const answer = await text(incoming);
    const { statusCode = 0, headers: answerHeaders } = incoming;
    return { status: statusCode, retryAfterMs: retryAfterMs(answerHeaders['retry-after']), body: answer };
  } catch (error) {
    // A body that fails ends the connection, which fails too and tells nothing of the reason.
    throw bodyFailure ? bodyFailure.error : error;
  } finally {
    if (!outgoing.writableFinished) outgoing.destroy();
  }
}

function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) * 1000 : undefined;
}
