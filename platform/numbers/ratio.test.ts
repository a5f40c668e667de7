import fc from 'fast-check';
import { apportion, largestRemainder, percent, roundHalfUp } from '#platform/numbers';

test.each([
  [1, 2, 50],
  [1, 3, 33.3],
  [2, 3, 66.7],
  [0, 5, 0],
  [5, 5, 100],
  [1, 2000, 0.1],
  [1, 2001, 0],
  [2469, 20000, 12.3],
  [247, 2000, 12.4],
  [1235, 10000, 12.4],
  [12345, 100000, 12.3],
  [12.35, 100, 12.4],
  [0.615, 100, 0.6],
  [0.65, 100, 0.7],
  [1e-7, 1e-6, 10],
  [5e21, 1e22, 50],
  [9007199254740993n, 9007199254740993n, 100],
  [1n, 8, 12.5],
])('%p of %p is %p per cent', (part, whole, expected) => {
  expect(percent(part, whole)).toBe(expected);
});

test.each([0, 0n, -0])('there is no percentage of %p', (whole) => {
  expect(percent(0, whole)).toBeNull();
  expect(percent(3, whole)).toBeNull();
});

test('no percentage is made of what is not a number', () => {
  expect(() => percent(Number.NaN, 1)).toThrow(RangeError);
  expect(() => percent(1, Number.POSITIVE_INFINITY)).toThrow(RangeError);
});

test.each([
  [1, 3, 3, 0.333],
  [2, 3, 3, 0.667],
  [1, 2000, 3, 0.001],
  [-1, 2000, 3, -0.001],
  [-1, 2001, 3, 0],
  [1005, 1000, 2, 1.01],
  [1.005, 1, 2, 1.01],
  [90_061_001n, 1000, 3, 90061.001],
  [5, 2, 0, 3],
  [5, -2, 0, -3],
  [7, 0, 3, null],
])('%p / %p to %d decimals is %p', (numerator, denominator, digits, expected) => {
  expect(roundHalfUp(numerator, denominator, digits)).toBe(expected);
});

test.each([
  [
    [1, 1, 1],
    [33.4, 33.3, 33.3],
  ],
  [
    [2, 2, 2, 2, 2, 2, 2],
    [14.3, 14.3, 14.3, 14.3, 14.3, 14.3, 14.2],
  ],
  [
    [1, 2, 3],
    [16.7, 33.3, 50],
  ],
  [
    [0, 0, 5],
    [0, 0, 100],
  ],
  [
    [0, 0],
    [null, null],
  ],
  [[], []],
])('%p are %p per cent by largest remainder', (parts, expected) => {
  expect(largestRemainder(parts)).toEqual(expected);
});

test('a part below 0 or a fraction is refused', () => {
  expect(() => largestRemainder([1, -1])).toThrow(RangeError);
  expect(() => largestRemainder([0.5, 1])).toThrow(RangeError);
});

test('percentages by largest remainder add up to exactly 100.0 and are less than 0.1 away from the exact ones', () => {
  const parts = fc.array(fc.nat(), { minLength: 1, maxLength: 20 }).filter((some) => some.some((part) => part > 0));
  fc.assert(
    fc.property(parts, (some) => {
      const sum = some.reduce((left, right) => left + right, 0);
      const shares = largestRemainder(some).map(Number);
      expect(shares.reduce((tenths, share) => tenths + Math.round(share * 10), 0)).toBe(1000);
      for (const [i, share] of shares.entries()) {
        expect(Math.abs(share - ((some[i] as number) * 100) / sum)).toBeLessThan(0.1 + 1e-9);
      }
    }),
  );
});

test('nothing is lost or added where a sum is spread, whatever the signs', () => {
  const weights = fc.array(fc.bigInt({ min: -1000n, max: 1000n }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.bigInt(), weights, (total, some) => {
      fc.pre(some.reduce((left, right) => left + right, 0n) !== 0n);
      const shares = apportion(total, some);
      expect(shares.reduce((left, right) => left + right, 0n)).toBe(total);
      expect(apportion(-total, some)).toEqual(shares.map((share) => -share));
    }),
  );
});

test('shares follow their weights, negative ones too; a rest goes to the largest remainder', () => {
  expect(apportion(100n, [3n, -1n])).toEqual([150n, -50n]);
  expect(apportion(-10n, [1n, 2n])).toEqual([-3n, -7n]);
  expect(apportion(10n, [-1n, -2n])).toEqual([3n, 7n]);
  expect(() => apportion(1n, [1n, -1n])).toThrow(RangeError);
});

test('a percentage agrees with the one worked out in whole numbers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (part, whole) => {
      // The greatest number of tenths that is at most half a tenth above the exact value.
      const tenths = BigInt(Math.round((percent(part, whole) as number) * 10));
      expect(2n * tenths * whole <= 2000n * part + whole && 2000n * part + whole < 2n * (tenths + 1n) * whole).toBe(
        true,
      );
    }),
  );
});
