import { GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import { ServiceError } from '#platform/errors';
import type { Caller } from '#platform/federation';
import { bearerToken } from '#platform/http';
import type { TokenVerifier } from '#platform/identity';

/** Verifies the token of a request, once for all that follows. Undefined without a token; throws UNAUTHENTICATED for a bad one. */
export async function authenticate(
  header: string | undefined,
  requestId: string,
  verifyToken: TokenVerifier,
): Promise<Caller | undefined> {
  const token = bearerToken(header);
  return token === undefined ? undefined : { identity: await verifyToken(token), requestId };
}

/** The refusal of a request without a token. */
export function tokenMissing(): ServiceError {
  return new ServiceError('UNAUTHENTICATED', 'a token is needed: send the header Authorization: Bearer TOKEN.');
}

/** Headers that an answer of a status has beside it. */
const STATUS_HEADERS: Readonly<Record<number, [string, string]>> = {
  401: ['www-authenticate', 'Bearer'],
  503: ['retry-after', '1'],
};

/** The same as an error of GraphQL that also sets the HTTP status. */
export function asGraphQLError(error: unknown): unknown {
  if (!(error instanceof ServiceError)) return error;
  const header = STATUS_HEADERS[error.httpStatus];
  const headers = new Map(header && [header]);
  return new GraphQLError(error.message, {
    extensions: { code: error.code, http: { status: error.httpStatus, headers } },
  });
}

/** Whether an operation asks for nothing but the schema itself, which anybody may read: it is published with the code. */
export function asksOnlyForSchema(operation: OperationDefinitionNode | undefined): boolean {
  const selections = operation?.selectionSet.selections ?? [];
  return selections.every((selection) => {
    return selection.kind === Kind.FIELD && ['__schema', '__type', '__typename'].includes(selection.name.value);
  });
}
