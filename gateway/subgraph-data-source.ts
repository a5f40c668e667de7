import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Caller, SubgraphConnection } from '#platform/federation';

/** What the gateway knows of a request while it is executed. */
export interface GatewayContext {
  /** Missing where the request came without a token: then only the schema itself may be asked for. */
  caller?: Caller;
}

type GatewayResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * Hands the parts of a query plan to one subgraph. A subgraph that fails or does not answer in time costs its own part of the
 * answer and nothing else.
 */
export class SubgraphDataSource implements GraphQLDataSource {
  constructor(
    private readonly connection: SubgraphConnection,
    private readonly timeoutMs: number,
    private readonly logger: Logger,
  ) {}

  async process({ request, context }: GraphQLDataSourceProcessOptions): Promise<GatewayResponse> {
    const { caller } = context as GatewayContext;
    if (!caller) throw this.unavailable(new Error('a subgraph was asked without a caller'));
    const { query = '', variables, operationName } = request;
    try {
      const answer = this.connection.execute({ query, variables, operationName }, caller);
      return (await withTimeout(answer, this.timeoutMs)) as GatewayResponse;
    } catch (cause) {
      throw this.unavailable(cause);
    }
  }

  private unavailable(cause: unknown): GraphQLError {
    const { name } = this.connection;
    this.logger.error({ err: cause, service: name }, 'a subgraph failed');
    return new GraphQLError(`${name} did not answer; the rest of the answer stands, try again for this part.`, {
      extensions: { code: 'SERVICE_UNAVAILABLE', serviceName: name },
    });
  }
}

async function withTimeout<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
