import type { Logger } from 'pino';

/** How a connection says that it was cut: SQLSTATEs of a server that shuts down or has died, and codes of sockets. */
const CUT = new Set(['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE']);

/**
 * Logs what the queue says has failed. A connection that was cut is no failure: the next use takes another one, and fails by itself
 * where there is none. Nothing of an error is logged but its own words: the driver hangs the whole connection on it.
 */
export function logQueueFailure(logger: Logger, error: Error & { code?: string }): void {
  const { message, code, stack } = error;
  const wasCut = CUT.has(code ?? '') || message === 'Connection terminated unexpectedly';
  const level = wasCut ? 'debug' : 'error';
  logger[level]({ err: Object.assign(new Error(message), { code, stack }) }, 'the job queue failed');
}
