import { minorUnits } from './currency.ts';

const MICRO_DECIMALS = 6;

/** The quotient rounded half-up, that is halves away from zero. @throws RangeError where the divisor is not above 0 */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError('the divisor must be above 0');
  const size = dividend < 0n ? -dividend : dividend;
  const quotient = (2n * size + divisor) / (2n * divisor);
  return dividend < 0n ? -quotient : quotient;
}

/** Millionths in the minor unit of a currency: 10,000 for EUR, 1,000,000 for JPY. */
export function microsPerMinorUnit(currency: string): bigint {
  return 10n ** BigInt(MICRO_DECIMALS - minorUnits(currency));
}

/** A rate as a whole number of millionths: "0.2" is 200000n. At most 6 decimals. @throws RangeError for other texts */
export function parseRate(text: string): bigint {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new RangeError(`${JSON.stringify(text)} is not a rate`);
  return BigInt(match[1] + (match[2] ?? '').padEnd(MICRO_DECIMALS, '0'));
}

/** An amount with tax, taken apart. All in millionths, each a whole number of minor units; net + tax + rounding = gross. */
export interface GrossParts {
  readonly net: bigint;
  readonly tax: bigint;
  /** What rounding leaves over: at most one minor unit in either direction (EN 16931, BT-114). */
  readonly rounding: bigint;
}

/** net = gross / (1 + rate) and tax = net x rate, each rounded half-up to the minor unit. `rate` in millionths. */
export function splitGross(gross: bigint, rate: bigint, currency: string): GrossParts {
  const unit = microsPerMinorUnit(currency);
  const whole = 10n ** BigInt(MICRO_DECIMALS);
  const net = divideHalfUp(gross * whole, (whole + rate) * unit) * unit;
  const tax = divideHalfUp(net * rate, whole * unit) * unit;
  return { net, tax, rounding: gross - net - tax };
}
