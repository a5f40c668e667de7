import type { CompanyId } from '#platform/database';
import { ERROR_CODES, type ErrorCode, ServiceError } from '#platform/errors';
import type { Scope } from '#platform/identity';

/** For whom the graph is asked, and with which rights. */
export interface GraphCaller {
  readonly companyId: CompanyId;
  readonly scopes: readonly Scope[];
}

/** The graph as jobs ask it: the same door and the same rules as for clients. */
export interface GraphClient {
  /** The answer's data. Throws ServiceError with the answer's first error where any part of it failed. */
  query<Data>(
    caller: GraphCaller,
    query: string,
    variables: Record<string, unknown>,
    signal?: AbortSignal,
  ): Promise<Data>;
}

export interface HttpGraphClientOptions {
  /** Address of the gateway; asked for with every query, as it may listen later than this is made. */
  url(): string;
  /** Makes a token that the gateway takes. */
  token(caller: GraphCaller): Promise<string>;
  timeoutMs: number;
}

interface GraphAnswer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Asks a gateway over HTTP. */
export function httpGraphClient(options: HttpGraphClientOptions): GraphClient {
  // Node loads its HTTP client when it is first touched, for which everything stops: here, and not in the middle of a job.
  Reflect.get(globalThis, 'Request');
  return {
    async query<Data>(caller: GraphCaller, query: string, variables: Record<string, unknown>, signal?: AbortSignal) {
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const answer = await send<Data>(options, caller, JSON.stringify({ query, variables }), [
        timeout,
        ...(signal ? [signal] : []),
      ]);
      const [fault] = answer.errors ?? [];
      if (fault) throw new ServiceError(knownCode(fault.extensions?.code), fault.message);
      if (answer.data == null) throw new ServiceError('SERVICE_UNAVAILABLE', 'the graph gave an answer without data.');
      return answer.data;
    },
  };
}

async function send<Data>(
  { url, token }: HttpGraphClientOptions,
  caller: GraphCaller,
  body: string,
  signals: AbortSignal[],
): Promise<GraphAnswer<Data>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token(caller)}` };
  try {
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any(signals),
    });
    return (await response.json()) as GraphAnswer<Data>;
  } catch (cause) {
    throw new ServiceError('SERVICE_UNAVAILABLE', 'the graph does not answer.', { cause });
  }
}

/** The code of an answer; one that is not of this service's list says that the question itself was wrong. */
function knownCode(code: string | undefined): ErrorCode {
  return code !== undefined && Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'INTERNAL_SERVER_ERROR';
}
