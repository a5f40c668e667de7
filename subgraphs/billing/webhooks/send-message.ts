import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isAllowed, type ReceiverAddress, type ReceiverRules, type ResolveName, urlFault } from './receiver-address.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** What became of a message. `error` is null where it was received. It says nothing of the network that it was sent from. */
export interface Outcome {
  status: number | null;
  error: string | null;
}

export interface SendOptions {
  rules: ReceiverRules;
  timeoutMs: number;
  resolve: ResolveName;
  /** Aborted where nobody waits for the outcome any more; then this throws. */
  signal: AbortSignal;
}

const NOT_PUBLIC = 'the receiver has an address that is not public; it is not called.';
const LONGEST_HEADERS_BYTES = 8192;

/**
 * Sends a message to a receiver. Its name is resolved once, every address that it has is checked, and the connection goes to
 * these addresses: what the name means a moment later does not matter. Redirects are not followed; of the answer nothing but
 * the status is read.
 */
export async function sendMessage(message: WebhookMessage, to: string, options: SendOptions): Promise<Outcome> {
  const { rules, timeoutMs, resolve, signal } = options;
  const fault = urlFault(to, rules);
  if (fault) return failed(`the receiver's address ${fault}`);
  const url = new URL(to);
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([deadline, signal]);
  try {
    const addresses = await withinTime(resolve(url.hostname.replace(/^\[|\]$/g, '')), either);
    if (addresses.length === 0 || addresses.some(({ address }) => !isAllowed(address, rules)))
      return failed(NOT_PUBLIC);
    const status = await post(message, url, addresses, either);
    if (status >= 200 && status < 300) return { status, error: null };
    const redirected = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
    return { status, error: `the receiver answered with the status ${status}; 2xx is what counts.${redirected}` };
  } catch (error) {
    signal.throwIfAborted();
    return failed(deadline.aborted ? `the receiver did not answer within ${timeoutMs} ms.` : reasonOf(error));
  }
}

function post(
  { headers, body }: WebhookMessage,
  url: URL,
  addresses: readonly ReceiverAddress[],
  signal: AbortSignal,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    // A connection of its own, to the addresses that were checked.
    agent: false,
    lookup: (_name, { all }, answer) => {
      const [first] = addresses;
      if (all) answer(null, [...addresses]);
      else answer(null, first?.address ?? '', first?.family);
    },
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    maxHeaderSize: LONGEST_HEADERS_BYTES,
    signal,
  });
  request.on('response', (response) => {
    resolve(response.statusCode ?? 0);
    response.destroy();
  });
  request.on('error', reject);
  request.on('close', () => reject(new Error('the connection was closed')));
  request.end(body);
  return promise;
}

async function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, late]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function failed(error: string): Outcome {
  return { status: null, error };
}

/** Why a connection failed, in words that name no address of either side. */
function reasonOf(error: unknown): string {
  const code = String((error as { code?: unknown } | undefined)?.code ?? '');
  if (/^(ENOTFOUND|EAI_|ENODATA)/.test(code)) return "the receiver's name was not found.";
  if (/CERT|SIGNATURE|ALTNAME|^ERR_SSL|^EPROTO/.test(code))
    return 'the receiver has no TLS certificate that holds for its name.';
  if (code === 'ECONNREFUSED') return 'the receiver refused the connection.';
  return 'the connection to the receiver failed.';
}
