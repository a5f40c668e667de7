import { isCurrency, minorUnits } from '#platform/money';

test.each([
  ['EUR', 2],
  ['RUB', 2],
  ['KZT', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
  ['BHD', 3],
])('%s has %d decimals', (currency, digits) => {
  expect(isCurrency(currency)).toBe(true);
  expect(minorUnits(currency)).toBe(digits);
});

test.each([
  ['HUF', 2],
  ['IDR', 2],
  ['PKR', 2],
  ['IQD', 3],
])('%s keeps the %d decimals of ISO 4217 although its coins are out of use', (currency, digits) => {
  expect(minorUnits(currency)).toBe(digits);
});

test.each(['XXX', 'XTS', 'eur', 'EU', 'EURO', '', ' EUR', 'ABC'])('%j is no currency', (code) => {
  expect(isCurrency(code)).toBe(false);
  expect(() => minorUnits(code)).toThrow(RangeError);
});
