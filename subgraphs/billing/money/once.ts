import { isIdempotencyKey, type KeyClaim, LONGEST_KEY } from '#platform/idempotency';
import type { Refusal } from './read-amount.ts';

/** Why an idempotency key cannot be used at all; undefined where it can. */
export function keyFault(key: string): Refusal | undefined {
  if (isIdempotencyKey(key)) return undefined;
  const message = `idempotencyKey: give a text of 1 to ${LONGEST_KEY} characters, the same one for each attempt at the same thing.`;
  return { field: ['input', 'idempotencyKey'], code: 'INVALID_IDEMPOTENCY_KEY', message };
}

/** The refusal of a key that was used with another input before; undefined for other claims. */
export function keyConflict(claim: KeyClaim): Refusal | undefined {
  if (claim.kind !== 'conflict') return undefined;
  const message = 'idempotencyKey: this key was sent before with another input; use a new key for a new request.';
  return { field: ['input', 'idempotencyKey'], code: 'IDEMPOTENCY_CONFLICT', message };
}
