import fc from 'fast-check';
import { divideHalfUp, microsPerMinorUnit, parseMicros, parseRate, splitGross } from './index.ts';

test.each([
  [5n, 2n, 3n],
  [-5n, 2n, -3n],
  [4n, 3n, 1n],
  [5n, 3n, 2n],
  [0n, 7n, 0n],
])('%s / %s is %s', (dividend, divisor, expected) => expect(divideHalfUp(dividend, divisor)).toBe(expected));

test.each([
  ['100', '0.2', 'EUR', '83.33 16.67 0'],
  ['0.03', '0.2', 'EUR', '0.03 0.01 -0.01'],
  ['0.01', '0.2', 'EUR', '0.01 0 0'],
  ['100', '0', 'EUR', '100 0 0'],
  ['119', '0.19', 'EUR', '100 19 0'],
  ['1000', '0.1', 'JPY', '909 91 0'],
  ['1.005', '0.05', 'KWD', '0.957 0.048 0'],
])('%s at the rate %s in %s is net, tax and rounding %s', (gross, rate, currency, expected) => {
  const parts = splitGross(parseMicros(gross) ?? -1n, parseRate(rate), currency);
  expect([parts.net, parts.tax, parts.rounding].map((micros) => String(Number(micros) / 1e6)).join(' ')).toBe(expected);
});

test('nothing is lost: the parts add up, and rounding is a minor unit at most', () => {
  const property = (minor: bigint, rate: bigint, currency: string) => {
    const unit = microsPerMinorUnit(currency);
    const { net, tax, rounding } = splitGross(minor * unit, rate, currency);
    expect(net + tax + rounding).toBe(minor * unit);
    expect([net % unit, tax % unit]).toEqual([0n, 0n]);
    expect(rounding >= -unit && rounding <= unit).toBe(true);
  };
  const amounts = fc.bigInt({ min: 1n, max: 10n ** 14n });
  const rates = fc.bigInt({ min: 0n, max: 1_000_000n });
  fc.assert(fc.property(amounts, rates, fc.constantFrom('EUR', 'JPY', 'KWD'), property));
});

test.each(['-0.1', '20 %', '', '0.1234567', '.2'])('%j is not a rate', (text) => {
  expect(() => parseRate(text)).toThrow(RangeError);
});
