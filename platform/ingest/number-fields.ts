import { parseMicros } from '#platform/money';
import { invalidField, type JsonObject, optionalValue } from './fields.ts';
import { showValue } from './show-value.ts';

const PRICE_REMEDY = 'send a decimal string such as "0.0345"';

/** A whole number from 0 to `max`. @throws LineFault INVALID_FIELD */
export function optionalInteger(json: JsonObject, field: string, max: number): number | undefined {
  const value = optionalValue(json, field);
  if (value === undefined) return undefined;
  const remedy = `send a whole number from 0 to ${max}`;
  if (typeof value !== 'number') throw invalidField(field, `${showValue(value)} is not a number`, remedy);
  if (!Number.isInteger(value)) throw invalidField(field, `${showValue(value)} is not a whole number`, remedy);
  if (value < 0 || value > max) throw invalidField(field, `${showValue(value)} is out of range`, remedy);
  return value + 0;
}

/** Degrees north of the equator, -90 to 90. @throws LineFault INVALID_FIELD */
export function optionalLatitude(json: JsonObject, field: string): number | undefined {
  return optionalDegrees(json, field, 90);
}

/** Degrees east of Greenwich, -180 to 180. @throws LineFault INVALID_FIELD */
export function optionalLongitude(json: JsonObject, field: string): number | undefined {
  return optionalDegrees(json, field, 180);
}

/**
 * A price in the company's currency, in millionths: a decimal string of 0 or more, below 10^12, with at most 6 decimals.
 * @throws LineFault INVALID_FIELD, for JSON numbers too: they may have lost digits on their way
 */
export function optionalPrice(json: JsonObject, field: string): bigint | undefined {
  const value = optionalValue(json, field);
  if (value === undefined) return undefined;
  if (typeof value === 'number') {
    throw invalidField(field, `${value} is a number, and numbers lose digits`, PRICE_REMEDY);
  }
  if (typeof value !== 'string') throw invalidField(field, `${showValue(value)} is not a string`, PRICE_REMEDY);
  const micros = parseMicros(value);
  if (micros !== undefined) return micros;
  const problem = `${showValue(value)} is not a decimal of 0 or more, below 10^12 and with at most 6 decimals`;
  throw invalidField(field, problem, PRICE_REMEDY);
}

function optionalDegrees(json: JsonObject, field: string, max: number): number | undefined {
  const value = optionalValue(json, field);
  if (value === undefined) return undefined;
  const remedy = `send degrees from -${max} to ${max}`;
  if (typeof value !== 'number') throw invalidField(field, `${showValue(value)} is not a number`, remedy);
  if (Math.abs(value) > max) throw invalidField(field, `${showValue(value)} is out of range`, remedy);
  // Adding 0 turns -0 into 0, so that equal places compare equal.
  return value + 0;
}
