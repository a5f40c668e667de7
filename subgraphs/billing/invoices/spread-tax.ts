import { MICROS_PER_UNIT } from '#platform/money';

/**
 * Spreads the tax of an invoice over its lines by largest remainder, ties in the order of the lines, so that the shares add up
 * to it exactly. All amounts are millionths; shares are whole minor units.
 * @param nets of the lines, whole minor units, below 0 for what is taken off
 * @param tax of all of them together, rounded half-up to whole minor units
 * @param rate in millionths
 */
export function spreadTax(nets: readonly bigint[], tax: bigint, rate: bigint, minorUnit: bigint): bigint[] {
  const whole = MICROS_PER_UNIT * minorUnit;
  const exact = nets.map((net) => net * rate);
  const shares = exact.map((share) => floorDivide(share, whole));
  const open = tax / minorUnit - shares.reduce((sum, share) => sum + share, 0n);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - (shares[index] ?? 0n) * whole }))
    .sort((one, other) => Number(other.remainder - one.remainder) || one.index - other.index);
  // Rounding down leaves at most one minor unit a line, so that no line is raised twice.
  for (const { index } of byRemainder.slice(0, Number(open))) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares.map((share) => share * minorUnit);
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
