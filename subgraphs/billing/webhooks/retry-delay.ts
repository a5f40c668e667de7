const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Waits after the first, second, ... failed try of a change; the last one is repeated for as long as it takes. */
const DELAYS_MS = [5000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 12 * HOUR_MS];

/** How long to wait after a number of failed tries, at least 1, in milliseconds. */
export function retryDelayMs(failures: number): number {
  return DELAYS_MS[Math.min(failures, DELAYS_MS.length) - 1] ?? 12 * HOUR_MS;
}
