import { badInput } from '#platform/errors';

/** Writes a place in a list as an opaque text. `list` names the list and its order, so that no other list takes it. */
export function writeCursor(list: string, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/**
 * Reads a place back. Throws BAD_USER_INPUT where the cursor is not of this list.
 * @param isPlace whether what was written is a place of the list
 */
export function readCursor<Place extends readonly (string | number)[]>(
  cursor: string,
  list: string,
  argument: string,
  isPlace: (place: readonly unknown[]) => place is Place,
): Place {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  const [name, ...place] = Array.isArray(parts) ? parts : [];
  if (name === list && isPlace(place)) return place;
  throw badInput([argument], 'is not a cursor of this list; use one that an earlier page of the same list gave.');
}

/** Whether a part of a cursor is text that the database can hold. */
export function isStorableText(part: unknown): part is string {
  return typeof part === 'string' && !part.includes('\0') && part.isWellFormed();
}
