import type { TypedDocumentString } from './operations.generated.ts';

/** A refusal, or the loss of one service's part of an answer. */
export interface StatisticsError {
  readonly message: string;
  /** Where in the answer the part is missing; absent where the whole request was refused. */
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly service?: string; readonly field?: readonly string[] };
}

/** What came back: the parts that could be answered, and why the others could not. */
export interface StatisticsAnswer<Result> {
  /** Root fields that failed are null; null altogether where the whole request was refused. */
  readonly data: Result | null;
  readonly errors: readonly StatisticsError[];
}

export interface StatisticsClientOptions {
  /** Address of the gateway, without /graphql. */
  readonly url: string;
  /** Gives a token that has not expired; asked before each request. */
  readonly token: () => string | Promise<string>;
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch;
}

/** Variables may be left out where a document needs none. */
type Needed<Variables> = Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];

/** Sends the documents of this folder; answers have the types of what was asked. */
export class StatisticsClient {
  constructor(private readonly options: StatisticsClientOptions) {}

  /** Throws what fetch throws where nobody answers, and SyntaxError where the answer is none of a gateway. */
  async request<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    ...[variables]: Needed<Variables>
  ): Promise<StatisticsAnswer<Result>> {
    const { url, token, fetch: send = fetch } = this.options;
    const response = await send(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<StatisticsAnswer<Result>>;
    return { data, errors };
  }
}
