import { ERROR_CODES, type ErrorCode, ServiceError } from '#platform/errors';
import { REQUEST_ID_HEADER } from '#platform/http';
import { INTERNAL_HEADER, type InternalSigningKey, signInternalToken } from '#platform/identity';
import type { IngestAnswer } from '#platform/ingest';
import type { Clock } from '#platform/time';
import type { Caller, IngestRequest, IngestResponse, OpenedFile, SubgraphConnection } from './connection.ts';
import type { GraphQLRequest } from './executor.ts';
import { openRemoteFile } from './file-client.ts';
import type { FormattedResult } from './format-errors.ts';
import { INGEST_CONTENT_TYPE } from './ingest-request.ts';
import { StreamingClient } from './streaming-client.ts';

export interface HttpConnectionOptions {
  /** As in the supergraph. */
  name: string;
  ingestKinds: readonly string[];
  directoryKinds: readonly string[];
  /** http://host:port, without a slash at the end. */
  url: string;
  signingKey: InternalSigningKey;
  clock: Clock;
  /** Longest wait for the answer to a question. */
  timeoutMs: number;
  /** Longest silence while events are taken in; their streams may last as long as they like. */
  ingestTimeoutMs: number;
}

/** Longest wait for a subgraph to say that it can serve. */
const READY_TIMEOUT_MS = 3_000;

/**
 * A subgraph behind HTTP. Nothing is sent twice: what may have arrived is for the client to repeat. Errors of the way there
 * hold addresses; they go to the log only.
 */
export class HttpSubgraphConnection implements SubgraphConnection {
  readonly name: string;
  readonly ingestKinds: readonly string[];
  readonly directoryKinds: readonly string[];
  private readonly streams: StreamingClient;

  constructor(private readonly options: HttpConnectionOptions) {
    this.name = options.name;
    this.ingestKinds = options.ingestKinds;
    this.directoryKinds = options.directoryKinds;
    this.streams = new StreamingClient(options.ingestTimeoutMs);
  }

  async execute(request: GraphQLRequest, caller: Caller): Promise<FormattedResult> {
    const response = await fetch(`${this.options.url}/graphql`, {
      method: 'POST',
      headers: { ...(await this.credentials(caller)), 'content-type': 'application/json' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeoutMs),
    });
    const answer = parseJson(await response.text());
    if (response.status !== 200 || !isResult(answer)) {
      throw new Error(`${this.name} answered a question with status ${response.status}`, { cause: answer });
    }
    return answer;
  }

  async ingest(request: IngestRequest, caller: Caller): Promise<IngestResponse> {
    const { kind, body, contentEncoding, atomic } = request;
    const headers = {
      ...(await this.credentials(caller)),
      'content-type': INGEST_CONTENT_TYPE,
      ...(contentEncoding !== undefined && { 'content-encoding': contentEncoding }),
    };
    const url = `${this.options.url}/ingest/${encodeURIComponent(kind)}${atomic ? '?atomic=true' : ''}`;
    const response = await this.streams.post(url, headers, body).catch((cause) => {
      // What the sender is to be told, as when it has fallen silent, stays as it is.
      throw cause instanceof ServiceError ? cause : this.notTakenIn(cause);
    });
    const answer = parseJson(response.text);
    if (isIngestAnswer(answer)) return { status: response.status, answer };
    throw refusalOf(answer) ?? this.notTakenIn(new Error(`status ${response.status}`, { cause: answer }));
  }

  openFile(fileId: string, caller: Caller): Promise<OpenedFile | undefined> {
    const { name, url, timeoutMs } = this.options;
    return openRemoteFile({ name, url, timeoutMs, credentials: () => this.credentials(caller) }, fileId);
  }

  async checkReady(): Promise<void> {
    const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
    const response = await fetch(`${this.options.url}/readyz`, { redirect: 'error', signal });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${this.name} cannot serve: status ${response.status}`);
  }

  /** Gives up the connections that are kept for later. */
  close(): void {
    this.streams.close();
  }

  private async credentials({ identity, requestId }: Caller): Promise<Record<string, string>> {
    const { signingKey, clock } = this.options;
    const token = await signInternalToken(signingKey, identity, this.name, clock);
    return { [INTERNAL_HEADER]: token, [REQUEST_ID_HEADER]: requestId };
  }

  private notTakenIn(cause: unknown): ServiceError {
    const remedy = 'send the whole body again in a second: lines that were kept count as unchanged.';
    return new ServiceError('SERVICE_UNAVAILABLE', `${this.name} did not answer; ${remedy}`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isResult(answer: unknown): answer is FormattedResult {
  return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
}

function isIngestAnswer(answer: unknown): answer is IngestAnswer {
  return typeof answer === 'object' && answer !== null && 'received' in answer;
}

/** The subgraph's refusal as it would be in this process. A credential that it does not accept is no fault of the client. */
function refusalOf(answer: unknown): ServiceError | undefined {
  const { code, message } = (answer as { error?: { code?: string; message?: string } } | undefined)?.error ?? {};
  if (code === undefined || message === undefined || code === 'UNAUTHENTICATED') return undefined;
  return Object.hasOwn(ERROR_CODES, code) ? new ServiceError(code as ErrorCode, message) : undefined;
}
