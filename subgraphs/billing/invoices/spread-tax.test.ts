import fc from 'fast-check';
import { divideHalfUp, MICROS_PER_UNIT } from '#platform/money';
import { spreadTax } from './spread-tax.ts';

const CENT = 10_000n;

test.each([
  ['what rounding down leaves goes to the largest remainder', [100n, 33n, 33n], '0.1', [10n, 4n, 3n]],
  ['of equal remainders the first lines get it', [25n, 25n, 25n, 25n], '0.1', [3n, 3n, 2n, 2n]],
  ['a line that takes off takes its tax off', [100n, -25n], '0.1', [10n, -2n]],
  ['without tax nobody has a share', [100n, 1n], '0', [0n, 0n]],
])('[INV-09] %s', (_, cents, rate, expected) => {
  const nets = cents.map((one) => one * CENT);
  const micros = BigInt(Math.round(Number(rate) * 1_000_000));
  const tax = divideHalfUp(nets.reduce((sum, net) => sum + net, 0n) * micros, MICROS_PER_UNIT * CENT) * CENT;
  expect(spreadTax(nets, tax, micros, CENT).map((share) => share / CENT)).toEqual(expected);
});

test('[INV-09] the shares add up to the tax, none is a minor unit away from its exact one, and no smaller remainder is raised before a larger one', () => {
  const lines = fc.array(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), { minLength: 1, maxLength: 8 });
  const property = (cents: bigint[], rate: bigint) => {
    const nets = cents.map((one) => one * CENT);
    const sum = nets.reduce((total, net) => total + net, 0n);
    const tax = divideHalfUp(sum * rate, MICROS_PER_UNIT * CENT) * CENT;
    const shares = spreadTax(nets, tax, rate, CENT);
    expect(shares.reduce((total, share) => total + share, 0n)).toBe(tax);
    const whole = MICROS_PER_UNIT * CENT;
    const raised = shares.map((share, index) => {
      const rest = (nets[index] ?? 0n) * rate - (share / CENT) * whole;
      expect(rest > -whole && rest < whole).toBe(true);
      return { isRaised: rest < 0n, remainder: rest < 0n ? rest + whole : rest };
    });
    const kept = raised.filter(({ isRaised }) => !isRaised).map(({ remainder }) => remainder);
    for (const { isRaised, remainder } of raised) {
      if (isRaised) expect(kept.every((other) => other <= remainder)).toBe(true);
    }
  };
  fc.assert(fc.property(lines, fc.bigInt({ min: 0n, max: 1_000_000n }), property));
});
