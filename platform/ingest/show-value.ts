import { formatMicros } from '#platform/money';

const SHOWN_CHARACTERS = 60;

/**
 * A value as a fault's message shows it: text quoted and cut after 60 characters, prices (bigint, millionths) as
 * decimals, and of lists and objects only that they are such, because anything may stand in them.
 */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (typeof value === 'bigint') return JSON.stringify(formatMicros(value));
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** A moment (epoch ms) as a fault's message shows it: RFC 3339 in UTC. */
export function showInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function shortened(text: string): string {
  // Twice as many code units always hold enough characters; spreading the whole of a long text would be wasted.
  const head = Array.from(text.slice(0, 2 * SHOWN_CHARACTERS + 2))
    .slice(0, SHOWN_CHARACTERS)
    .join('');
  return head.length < text.length ? `${head}…` : text;
}
