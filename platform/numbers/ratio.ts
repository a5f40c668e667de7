interface Fraction {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

/**
 * What `part` is of `whole` in percent, rounded half-up to one decimal; null where the whole is 0. Whole numbers are
 * taken exactly; fractional ones by the decimal they print as, so that 12.35 means 12.35.
 * @throws RangeError for NaN and infinities
 */
export function percent(part: number | bigint, whole: number | bigint): number | null {
  const a = toFraction(part);
  const b = toFraction(whole);
  if (b.numerator === 0n) return null;
  const tenths = divideHalfUp(1000n * a.numerator * b.denominator, a.denominator * b.numerator);
  return Number(tenths) / 10;
}

/**
 * The quotient rounded half-up to `digits` decimals (0 to 15): seconds and averages take 3. Halves go away from zero,
 * as in PostgreSQL's `round(numeric)`. Null where the denominator is 0.
 * @throws RangeError for NaN and infinities
 */
export function roundHalfUp(numerator: number | bigint, denominator: number | bigint, digits: number): number | null {
  const a = toFraction(numerator);
  const b = toFraction(denominator);
  if (b.numerator === 0n) return null;
  const scale = 10 ** digits;
  const scaled = divideHalfUp(BigInt(scale) * a.numerator * b.denominator, a.denominator * b.numerator);
  return Number(scaled) / scale;
}

/**
 * Percentages of the parts' sum with one decimal that add up to exactly 100.0: what rounding down leaves over goes to
 * the largest remainders, ties by order. One a part; all null where the sum is 0.
 * @throws RangeError where a part is negative or not a whole number
 */
export function largestRemainder(parts: readonly (number | bigint)[]): (number | null)[] {
  const weights = parts.map(BigInt);
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a part of a whole is below 0');
  if (weights.every((weight) => weight === 0n)) return parts.map(() => null);
  return apportion(1000n, weights).map((tenths) => Number(tenths) / 10);
}

/**
 * Spreads a whole number over weights in proportion; the shares add up to it exactly. What rounding down leaves over
 * goes one by one to the largest remainders, ties by order (Hamilton's method). One share a weight.
 * @throws RangeError where the weights add up to 0
 */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((left, right) => left + right, 0n);
  if (sum === 0n) throw new RangeError('the weights add up to 0');
  if (total < 0n) return apportion(-total, weights).map((share) => -share);
  const exact = weights.map((weight) => (sum < 0n ? -weight : weight) * total);
  const divisor = sum < 0n ? -sum : sum;
  const shares = exact.map((share) => divideDown(share, divisor));
  const remainders = exact.map((share, i) => share - (shares[i] as bigint) * divisor);
  const left = Number(shares.reduce((rest, share) => rest - share, total));
  const byRemainder = remainders.map((_, i) => i).sort((i, j) => descending(remainders[i], remainders[j]) || i - j);
  for (const i of byRemainder.slice(0, left)) shares[i] = (shares[i] as bigint) + 1n;
  return shares;
}

function descending(a = 0n, b = 0n): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

function divideDown(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < quotient * divisor ? quotient - 1n : quotient;
}

function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const rounded = (2n * a + b) / (2n * b);
  return negative ? -rounded : rounded;
}

function toFraction(value: number | bigint): Fraction {
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n };
  if (Number.isInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no part of a ratio`);
  // Without an argument toExponential gives the shortest decimal that reads back as the same number.
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const [units = '', decimals = ''] = mantissa.split('.');
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(units + decimals);
  return shift < 0
    ? { numerator: digits, denominator: 10n ** BigInt(-shift) }
    : { numerator: digits * 10n ** BigInt(shift), denominator: 1n };
}
