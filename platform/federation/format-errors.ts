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
  // Without data nothing has run yet: the document or its variables do not fit the schema.
  const formatError = result.data === undefined ? formatRefusal : formatFailure;
  const errors = result.errors.map((error) => formatError(error, logger));
  return result.data === undefined ? { errors } : { data: result.data, errors };
}

function formatRefusal({ message, locations, path, extensions }: GraphQLError): GraphQLFormattedError {
  // Errors of compiled queries may lack extensions, whatever their type says.
  const { code = 'BAD_USER_INPUT', field } = extensions ?? {};
  return { message, locations, path, extensions: { code, ...(Array.isArray(field) && { field }) } };
}

function formatFailure(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const origin = originOf(error);
  const { locations, path } = error;
  if (origin instanceof ServiceError) {
    if (origin.httpStatus >= 500) logger.error({ err: origin, path }, 'a field cannot be answered');
    const extensions = { code: origin.code, ...(origin.field && { field: origin.field }) };
    return { message: origin.message, locations, path, extensions };
  }
  logger.error({ err: origin ?? error, path }, 'a field failed');
  const extensions = { code: 'INTERNAL_SERVER_ERROR' };
  return { message: 'something went wrong here; it has been logged.', locations, path, extensions };
}

/** The error that was thrown, below the wrappings that execution puts around it. */
function originOf(error: GraphQLError): unknown {
  let origin: unknown = error.originalError;
  while (origin instanceof GraphQLError && origin.originalError) origin = origin.originalError;
  return origin;
}
