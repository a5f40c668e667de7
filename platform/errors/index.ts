export { ERROR_CODES, type ErrorCode } from './error-code.ts';
export { badInput, ServiceError, type ServiceErrorOptions } from './service-error.ts';
export { StartUpError } from './start-up-error.ts';
