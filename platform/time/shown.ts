const MAX_CHARACTERS = 64;

/** A value as an error message names it: text in quotes, cut where it is long. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS)}...` : value);
}
