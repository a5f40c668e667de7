import fc from 'fast-check';
import { formatAmount, formatMicros, parseMicros } from '#platform/money';

test.each([
  ['0', 0n],
  ['0.0', 0n],
  ['1', 1_000_000n],
  ['0.0345', 34_500n],
  ['0.000001', 1n],
  ['1.50', 1_500_000n],
  ['007.5', 7_500_000n],
  ['0000000000000000.25', 250_000n],
  ['999999999999.999999', 999_999_999_999_999_999n],
])('the price %j is %d millionths', (text, micros) => {
  expect(parseMicros(text)).toBe(micros);
});

test.each([
  '',
  ' 1',
  '1 ',
  '1\n',
  '+1',
  '-1',
  '-0',
  '1e3',
  '.5',
  '5.',
  '1,5',
  '0.0000001',
  '1.0000000',
  '1000000000000',
  'NaN',
  'Infinity',
  '0x10',
  '١',
])('%j is no price', (text) => {
  expect(parseMicros(text)).toBeUndefined();
});

test.each([
  [1_500_000n, 'EUR', '1.50'],
  [34_500n, 'EUR', '0.0345'],
  [0n, 'EUR', '0.00'],
  [1n, 'EUR', '0.000001'],
  [-1_500_000n, 'EUR', '-1.50'],
  [-5_000n, 'EUR', '-0.005'],
  [2_000_000n, 'JPY', '2'],
  [2_500_000n, 'JPY', '2.5'],
  [2_500_000n, 'KWD', '2.500'],
  [12_345_678_901_234_567_890n, 'EUR', '12345678901234.56789'],
  ['1500000', 'RUB', '1.50'],
  ['-34500', 'KZT', '-0.0345'],
] as const)('%p millionths of %s are written %j', (micros, currency, text) => {
  expect(formatAmount(micros, currency)).toBe(text);
});

test.each(['', '1.5', ' 1', '1e3', '0x10'])('%j is no number of millionths', (text) => {
  expect(() => formatAmount(text, 'EUR')).toThrow(RangeError);
});

test('an amount of an unknown currency is refused', () => {
  expect(() => formatAmount(1n, 'XXX')).toThrow(RangeError);
});

test('every price reads back from what is written', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (micros, currency) => {
        expect(parseMicros(formatAmount(micros, currency))).toBe(micros);
        expect(parseMicros(formatMicros(micros))).toBe(micros);
      },
    ),
  );
});
