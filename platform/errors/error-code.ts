/**
 * The closed list of error codes that leave the service, with the HTTP status that each has outside of GraphQL.
 * Whatever is not on this list is answered as INTERNAL_SERVER_ERROR, without its own text.
 */
export const ERROR_CODES = {
  /** No token, or one that does not hold. */
  UNAUTHENTICATED: 401,
  /** The token lacks the scope, or the thing belongs to somebody else. */
  FORBIDDEN: 403,
  /** The token's company is not registered. */
  UNKNOWN_COMPANY: 403,
  /** An argument's value is at fault; the message names the field, the fault and the remedy. */
  BAD_USER_INPUT: 400,
  /** The question asks for more than a limit allows; the message names the figure and the way round. */
  LIMIT_EXCEEDED: 400,
  /** The question needs rows of a time of which only sums are kept; the message names what can be asked. */
  PERIOD_TOO_OLD: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  /** The sender has stopped sending. */
  REQUEST_TIMEOUT: 408,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  /** The part of a file that was asked for lies behind its end. */
  RANGE_NOT_SATISFIABLE: 416,
  /** Too much is under way; come back after Retry-After. */
  OVERLOADED: 503,
  /** A service behind the gateway failed or did not answer in time; the others' answers stand. */
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
