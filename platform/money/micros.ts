import { minorUnits } from './currency.ts';

/** Micros in one unit of a currency: amounts of events are kept as whole millionths. */
export const MICROS_PER_UNIT = 1_000_000n;

const DECIMALS = 6;
const PRICE = /^0*(\d{1,12})(?:\.(\d{1,6}))?$/;
const WHOLE_MICROS = /^-?\d+$/;

/**
 * Reads a price: a decimal string of 0 or more, below 10^12, with at most 6 decimals; no sign, exponent or blanks.
 * @returns millionths, or undefined where the text is no such price
 */
export function parseMicros(text: string): bigint | undefined {
  const match = PRICE.exec(text);
  if (!match) return undefined;
  const [, units = '', decimals = ''] = match;
  return BigInt(units + decimals.padEnd(DECIMALS, '0'));
}

/** The exact decimal of an amount in millionths, trailing zeros cut: `34500n` is "0.0345", `2000000n` is "2". */
export function formatMicros(micros: bigint | string): string {
  return decimal(micros, 0);
}

/**
 * The exact decimal of an amount in millionths, with at least the decimals of the currency's minor unit:
 * `1500000n` EUR is "1.50", `34500n` EUR is "0.0345". A string holds whole millionths, as PostgreSQL sends big numbers.
 * @throws RangeError where the currency is not known, or the string is not a whole number
 */
export function formatAmount(micros: bigint | string, currency: string): string {
  return decimal(micros, minorUnits(currency));
}

function decimal(micros: bigint | string, leastDecimals: number): string {
  const value = typeof micros === 'bigint' ? micros : wholeMicros(micros);
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0');
  const units = digits.slice(0, -DECIMALS);
  const decimals = digits.slice(-DECIMALS).replace(/0+$/, '').padEnd(leastDecimals, '0');
  return `${value < 0n ? '-' : ''}${units}${decimals && '.'}${decimals}`;
}

function wholeMicros(text: string): bigint {
  if (!WHOLE_MICROS.test(text)) throw new RangeError(`${JSON.stringify(text)} is not a whole number of millionths`);
  return BigInt(text);
}
