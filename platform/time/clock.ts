/** Where the present moment comes from; passed in everywhere, so that tests choose it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
