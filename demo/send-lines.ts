import { setTimeout as delay } from 'node:timers/promises';

/** Where demo lines go, and how to behave when it is busy. */
export interface IngestTarget {
  /** Address of the gateway. */
  url: string;
  /** Bearer token with scope `ingest:write`; its company gets the lines. */
  token: string;
  signal?: AbortSignal;
  /** Waits before a line is sent again. */
  wait?: (waitMs: number, signal?: AbortSignal) => Promise<void>;
}

/** The lines of one request, encoded. */
export interface LineBatch {
  lines: number;
  chunks: readonly Uint8Array[];
}

interface IngestAnswer {
  received?: number;
  rejected?: number;
  errors?: { line: number; code: string; field?: string; message: string }[];
}

const MAX_ATTEMPTS = 6;
const DEFAULT_WAIT_MS = 1000;
const MAX_WAIT_MS = 30_000;

/**
 * Sends lines in one request, as a stream. While the service is overloaded (503) or out of reach they are sent again
 * after Retry-After, six times at most: the ingest takes the same line twice as once. Throws an Error that names the
 * first fault when a line is rejected or the request is refused.
 */
export async function sendLines(kind: string, batch: LineBatch, target: IngestTarget): Promise<void> {
  const address = new URL(`${target.url.replace(/\/+$/, '')}/ingest/${kind}`);
  const wait = target.wait ?? defaultWait;
  for (let attempt = 1; ; attempt++) {
    const response = await post(address, batch, target).catch((error: unknown) => {
      if (target.signal?.aborted) throw error;
      if (attempt === MAX_ATTEMPTS) throw unreachable(address, error);
      return null;
    });
    const isBusy = response === null || response.status === 503;
    if (!isBusy || attempt === MAX_ATTEMPTS) return checkAnswer(address, batch, response as Response);
    await response?.body?.cancel();
    await wait(retryAfterMs(response), target.signal);
  }
}

function post(address: URL, { chunks }: LineBatch, { token, signal }: IngestTarget): Promise<Response> {
  // `duplex` is needed by Node for a streamed body; the DOM's types do not know it yet.
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: streamOf(chunks),
    duplex: 'half',
    signal,
  };
  return fetch(address, request);
}

/** A stream that hands out a chunk only when the connection asks for one. */
function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

async function checkAnswer(address: URL, batch: LineBatch, response: Response): Promise<void> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
  const { received, rejected, errors } = parseAnswer(address, text);
  const first = errors?.[0];
  if (first !== undefined) {
    const where = `line ${first.line}${first.field === undefined ? '' : `, ${first.field}`}`;
    throw new Error(
      `${address} rejected ${rejected} of ${batch.lines} lines; ${where}: ${first.code}, ${first.message}`,
    );
  }
  if (rejected !== 0 || received !== batch.lines) {
    throw new Error(`${address} was sent ${batch.lines} lines and answered ${text.slice(0, 300)}`);
  }
}

function parseAnswer(address: URL, text: string): IngestAnswer {
  try {
    return JSON.parse(text) as IngestAnswer;
  } catch (cause) {
    throw new Error(`${address} answered something that is not JSON: ${text.slice(0, 300)}`, { cause });
  }
}

/** Fetch's own "fetch failed" says nothing without its cause. */
function unreachable(address: URL, error: unknown): Error {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return new Error(`${address} cannot be reached: ${cause?.code ?? cause?.message ?? message}`, { cause: error });
}

/** Seconds of Retry-After as milliseconds, bounded; one second where it is absent or a date. */
function retryAfterMs(response: Response | null): number {
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, MAX_WAIT_MS) : DEFAULT_WAIT_MS;
}

async function defaultWait(waitMs: number, signal?: AbortSignal): Promise<void> {
  await delay(waitMs, undefined, { signal });
}
