import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { ServiceError } from '#platform/errors';

export interface FormattedResult {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

/** An execution's result as it leaves the subgraph: errors are coded, and whatever was not meant for clients is masked and logged. */
export function formatResult(result: ExecutionResult, logger: Logger): FormattedResult {
  if (!result.errors) return { data: result.data };
  const errors = result.errors.map((error) => formatError(error, logger));
  return result.data === undefined ? { errors } : { data: result.data, errors };
}

function formatError(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const origin = originOf(error);
  const { locations, path } = error;
  if (origin instanceof ServiceError) {
    const extensions = { code: origin.code, ...(origin.field && { field: origin.field }) };
    return { message: origin.message, locations, path, extensions };
  }
  if (origin === undefined || origin instanceof GraphQLError) {
    // Of the library: a document or a value that does not fit the schema. Without a path nothing has run yet.
    const code = error.extensions['code'] ?? (path ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT');
    const field = error.extensions['field'];
    return { message: error.message, locations, path, extensions: { code, ...(Array.isArray(field) && { field }) } };
  }
  logger.error({ err: origin, path }, 'a field failed');
  return {
    message: 'something went wrong here; it has been logged.',
    locations,
    path,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

/** The error that was thrown, below the wrappings that execution puts around it. */
function originOf(error: GraphQLError): unknown {
  let origin: unknown = error.originalError;
  while (origin instanceof GraphQLError && origin.originalError) origin = origin.originalError;
  return origin;
}
