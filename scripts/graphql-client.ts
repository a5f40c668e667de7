/** A gateway and a token for it. */
export interface GraphTarget {
  url: string;
  token: string;
}

/** The gateway answered, and refused or could not do what it was asked. The message is for whoever asked. */
export class GraphRequestError extends Error {
  /** The code of the answer's first error; missing where the answer is none of this service. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.name = 'GraphRequestError';
    this.code = code;
  }
}

interface GraphFault {
  message: string;
  code?: string;
  extensions?: { code?: string };
}

/**
 * Sends one operation to a gateway and gives its data. Throws GraphRequestError with the first message where it was refused,
 * and what fetch throws where nobody answers.
 */
export async function requestGraph<Data>(
  gateway: GraphTarget,
  query: string,
  variables: Record<string, unknown>,
): Promise<Data> {
  const address = `${gateway.url.replace(/\/+$/, '')}/graphql`;
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = parseAnswer<Data>(await response.text());
  if (!answer) {
    throw new GraphRequestError(
      `${address} answered with status ${response.status} and no JSON; it is another service.`,
    );
  }
  const fault = answer.errors?.[0] ?? answer.error;
  if (fault) throw new GraphRequestError(fault.message, fault.extensions?.code ?? fault.code);
  if (!answer.data) throw new GraphRequestError(`${address} answered with status ${response.status} and no data.`);
  return answer.data;
}

function parseAnswer<Data>(text: string): { data?: Data; errors?: GraphFault[]; error?: GraphFault } | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
