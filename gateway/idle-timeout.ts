import { ServiceError } from '#platform/errors';

/**
 * A body whose sender may not be silent for longer than this while more is asked of it. Throws REQUEST_TIMEOUT. Not a
 * generator: whoever ends the reading early reaches the body at once, also while its next piece is still waited for.
 */
export function withIdleTimeout(body: AsyncIterable<Uint8Array>, timeoutMs: number): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const pieces = body[Symbol.asyncIterator]();
      return {
        next: () => within(pieces.next(), timeoutMs),
        return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}

async function within<T>(next: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const silence = `nothing came for ${timeoutMs / 1000} seconds`;
    reject(
      new ServiceError('REQUEST_TIMEOUT', `${silence}; send the whole body again, what was kept counts as unchanged.`),
    );
  }, timeoutMs);
  timer.unref();
  try {
    return await Promise.race([next, promise]);
  } finally {
    clearTimeout(timer);
  }
}
