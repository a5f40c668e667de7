import { ERROR_CODES, type ErrorCode } from './error-code.ts';

export interface ServiceErrorOptions {
  /** Path of the argument at fault, as the client wrote it: `['period', 'range', 'from']`. */
  field?: readonly string[];
  /** The error that led to this one; logged, never sent. */
  cause?: unknown;
}

/** An error whose code and message may be shown to a client as they are. Knows no GraphQL and no HTTP. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly field: readonly string[] | undefined;

  constructor(code: ErrorCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'ServiceError';
    this.code = code;
    this.field = options.field;
  }

  /** The status that this error has over plain HTTP. */
  get httpStatus(): number {
    return ERROR_CODES[this.code];
  }
}

/** The value of an argument is at fault. The message says what is wrong with it and what to send instead. */
export function badInput(field: readonly string[], message: string): ServiceError {
  return new ServiceError('BAD_USER_INPUT', `${field.join('.')}: ${message}`, { field });
}
