import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { ERROR_CODES, type ErrorCode } from '#platform/errors';

/** Codes of GraphQL itself that clients may see beside the service's own. */
const GRAPHQL_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

/**
 * The last look at every error that leaves: a code from the closed list, the service that it came from, and the argument at
 * fault. Whatever has another code is masked and logged: messages of libraries may hold addresses and SQL.
 */
export function errorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path, extensions = {} } = formatted;
    const { serviceName, field } = extensions;
    const code = isRefusal(error) ? 'BAD_REQUEST' : extensions['code'];
    const service = typeof serviceName === 'string' ? { service: serviceName } : {};
    if (!isPublic(code)) {
      logger.error({ err: unwrapResolverError(error), code, ...service }, 'an error was masked');
      const masked = { code: 'INTERNAL_SERVER_ERROR', ...service };
      return { message: 'something went wrong here; it has been logged.', locations, path, extensions: masked };
    }
    return { message, locations, path, extensions: { code, ...service, ...(Array.isArray(field) && { field }) } };
  };
}

/** Whether Apollo Server refuses the request with this and has given it no code. */
function isRefusal(error: unknown): boolean {
  const { code, serviceName, http } = (error as Partial<GraphQLError>).extensions ?? {};
  const { status = 500 } = (http ?? {}) as { status?: number };
  return code === undefined && serviceName === undefined && status < 500;
}

/** INTERNAL_SERVER_ERROR is not: libraries give this code to errors with texts of their own. */
function isPublic(code: unknown): code is ErrorCode {
  if (code === 'INTERNAL_SERVER_ERROR') return false;
  return typeof code === 'string' && (Object.hasOwn(ERROR_CODES, code) || GRAPHQL_CODES.includes(code));
}
