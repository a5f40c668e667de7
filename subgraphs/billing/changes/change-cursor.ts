import type { CompanyId } from '#platform/database';
import { badInput } from '#platform/errors';
import { readCursor, writeCursor } from '#platform/graphql';

/** A company's changes by their numbers: a cursor of another company is one of another list. */
const listOf = (companyId: CompanyId) => `billing changes of ${companyId}`;

/** The place after a change; 0 stands before the first one. */
export function writeChangeCursor(companyId: CompanyId, sequence: number): string {
  return writeCursor(listOf(companyId), [sequence]);
}

/**
 * The number of the change that a cursor stands after. Throws BAD_USER_INPUT where it was not made for this company, or is
 * ahead of its last change: whoever went on from there would skip what has yet to happen.
 * @param last number of the company's last change
 */
export function readChangeCursor(cursor: string, companyId: CompanyId, last: number): number {
  const [sequence] = readCursor(cursor, listOf(companyId), 'after', isSequence);
  if (sequence <= last) return sequence;
  throw badInput(['after'], 'is ahead of the last change; use a cursor that this service gave, or none to begin anew.');
}

function isSequence(place: readonly unknown[]): place is readonly [sequence: number] {
  return place.length === 1 && Number.isSafeInteger(place[0]) && (place[0] as number) >= 0;
}
