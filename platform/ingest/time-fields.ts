import { parseInstant } from '#platform/time';
import { invalidField, type JsonObject, optionalValue, required } from './fields.ts';
import { showInstant, showValue } from './show-value.ts';

/** What a line's checks need to know about its arrival. */
export interface Receipt {
  /** When the request arrived, epoch ms. */
  readonly now: number;
}

const EARLIEST = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
const REMEDY = 'send an RFC 3339 time with an offset, such as 2026-03-01T12:00:00Z';

/**
 * A moment in whole milliseconds (epoch ms), from 2000-01-01 UTC to one day after receipt; finer digits are cut.
 * @throws LineFault INVALID_FIELD
 */
export function optionalTime(json: JsonObject, field: string, receipt: Receipt): number | undefined {
  const value = optionalValue(json, field);
  if (value === undefined) return undefined;
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at === undefined) throw invalidField(field, `${showValue(value)} is not a time with an offset`, REMEDY);
  if (at < EARLIEST) {
    throw invalidField(field, `${showValue(value)} lies before 2000-01-01T00:00:00Z`, 'send a time from then on');
  }
  if (at > receipt.now + DAY_MS) {
    const problem = `${showValue(value)} lies more than one day after its receipt at ${showInstant(receipt.now)}`;
    throw invalidField(field, problem, "correct the sender's clock");
  }
  return at;
}

/** As optionalTime, but must be there. @throws LineFault MISSING_FIELD, INVALID_FIELD */
export function requiredTime(json: JsonObject, field: string, receipt: Receipt): number {
  return required(optionalTime(json, field, receipt), field, REMEDY);
}
