import { ServiceError } from '#platform/errors';

/** A body whose sender may not be silent for longer than this while more is asked of it. Throws REQUEST_TIMEOUT. */
export async function* withIdleTimeout(body: AsyncIterable<Uint8Array>, timeoutMs: number): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await within(iterator.next(), timeoutMs);
      if (done) return;
      yield value;
    }
  } finally {
    // Not waited for: a sender that is silent would hold it back.
    void iterator.return?.();
  }
}

async function within<T>(next: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const silence = `nothing came for ${timeoutMs / 1000} seconds`;
    reject(
      new ServiceError('REQUEST_TIMEOUT', `${silence}; send the whole body again, what was kept counts as unchanged.`),
    );
  }, timeoutMs);
  try {
    return await Promise.race([next, promise]);
  } finally {
    clearTimeout(timer);
  }
}
