import './telemetry-off.ts';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { SubgraphConnection } from '#platform/federation';
import type { TokenVerifier } from '#platform/identity';
import { asGraphQLError, asksOnlyForSchema, authenticate, tokenMissing } from './authenticate.ts';
import { errorFormatter } from './format-error.ts';
import { sendGraphiql, wantsPage } from './graphiql.ts';
import { limitNesting, limitQuery, QUERY_LIMITS } from './query-limits.ts';
import { type GatewayContext, SubgraphDataSource } from './subgraph-data-source.ts';

export interface GraphQLRouteOptions {
  supergraphSdl: string;
  connections: readonly SubgraphConnection[];
  verifyToken: TokenVerifier;
  subgraphTimeoutMs: number;
  logger: Logger;
}

/** Serves the graph at /graphql: POST and GET for queries, GET of a browser for GraphiQL. Gives the function that ends it. */
export async function addGraphQLRoute(
  server: FastifyInstance,
  options: GraphQLRouteOptions,
): Promise<() => Promise<void>> {
  const apollo = createApolloServer(options);
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: (request) => contextOf(request as FastifyRequest, options.verifyToken),
  });
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request: FastifyRequest, reply: FastifyReply) => {
      if (wantsPage(request)) return sendGraphiql(reply);
      const { query } = ((request.method === 'GET' ? request.query : request.body) ?? {}) as { query?: unknown };
      if (typeof query === 'string') limitNesting(query);
      return handler.call(server as never, request as never, reply as never);
    },
  });
  return () => apollo.stop();
}

function createApolloServer(options: GraphQLRouteOptions): ApolloServer<GatewayContext> {
  const { supergraphSdl, connections, subgraphTimeoutMs, logger } = options;
  const sources = new Map(
    connections.map((connection) => [connection.name, new SubgraphDataSource(connection, subgraphTimeoutMs, logger)]),
  );
  const gateway = new ApolloGateway({
    supergraphSdl,
    // It was validated when it was composed, and `npm run check` holds what is committed against that.
    validateSupergraph: false,
    buildService: ({ name }) => {
      const source = sources.get(name);
      if (!source) throw new Error(`the supergraph names ${name}, which does not run`);
      return source;
    },
    logger: quiet(logger),
    // Unless told so, it gives its plans to whoever asks.
    __exposeQueryPlanExperimental: false,
  });
  return new ApolloServer<GatewayContext>({
    gateway,
    logger: quiet(logger),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError: errorFormatter(logger),
    parseOptions: { maxTokens: QUERY_LIMITS.tokens },
    validationRules: [limitQuery],
    // The service stops itself, in its own order.
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), requireOperation, requireToken],
  });
}

async function contextOf(request: FastifyRequest, verifyToken: TokenVerifier): Promise<GatewayContext> {
  try {
    return { caller: await authenticate(request.headers.authorization, request.id, verifyToken) };
  } catch (error) {
    throw asGraphQLError(error);
  }
}

/** Refuses what the gateway would fail on: an operation that the document does not have, and subscriptions. */
const requireOperation: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request }) {
        if (operation && operation.operation !== 'subscription') return;
        const message = operation
          ? 'there are no subscriptions here; ask again for what may have changed.'
          : `the document has no operation ${JSON.stringify(request.operationName ?? '')}; name one of its operations.`;
        throw new GraphQLError(message, {
          extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
        });
      },
    };
  },
};

/** Without a token the schema may be read and nothing else. */
const requireToken: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, operation }) {
        if (!contextValue.caller && !asksOnlyForSchema(operation)) throw asGraphQLError(tokenMissing());
      },
    };
  },
};

/** A logger as Apollo wants it; what its libraries tell at level info is detail here. */
function quiet(logger: Logger) {
  return {
    debug: (message?: unknown) => logger.trace(String(message)),
    info: (message?: unknown) => logger.debug(String(message)),
    warn: (message?: unknown) => logger.warn(String(message)),
    error: (message?: unknown) => logger.error(String(message)),
  };
}
