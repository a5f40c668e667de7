import { readConfig } from './index.ts';

test.each(['{kind}-{year}-{seq:6}', '{seq}', 'INV.{seq:9}', '{seq}_{kind}'])('%s is a format of numbers', (format) => {
  expect(readConfig({ INVOICE_NUMBER_FORMAT: format }).INVOICE_NUMBER_FORMAT).toBe(format);
});

test.each(['{kind}', 'INV', '{seq}{seq}', '{year}/{seq}', '{seq:0}', '{seq:10}', '{month}-{seq}', 'Счёт {seq}'])(
  '%s is none, and the fault says what is',
  (format) => {
    expect(() => readConfig({ INVOICE_NUMBER_FORMAT: format })).toThrow(
      'INVOICE_NUMBER_FORMAT: must hold {seq} or {seq:6} once, and besides it only letters, digits, . _ - and {kind}, {year}',
    );
  },
);

test.each([
  ['TAX_RATE', '20', 'must be a fraction from 0 to 1'],
  ['TAX_RATE', '-0.2', 'must be a fraction from 0 to 1'],
  ['TAX_RATE', '1.5', 'must be a fraction from 0 to 1'],
  ['INVOICE_MAX_AMOUNT', '0', 'must be a decimal above 0'],
  ['INVOICE_MAX_AMOUNT', '1e6', 'must be a decimal above 0'],
  ['SUPPLIER_COUNTRY', 'Latvia', 'must be an ISO 3166-1 code'],
  ['PUBLIC_URL', 'example.com', 'must be an address that begins with'],
  ['WEBHOOK_TIMEOUT_MS', '30001', 'must be a whole number from 1 to 30000'],
  ['WEBHOOK_KEY_SECRET', 'too short', 'Too small: expected string to have >=16 characters'],
  ['WEBHOOK_ALLOW_HTTP', 'yes', 'Invalid option'],
  ['FILE_LINK_SECONDS', '0', 'must be a whole number from 1'],
])('%s of %s is refused', (name, value, fault) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: ${fault}`);
});

test('links begin with PUBLIC_URL and work for FILE_LINK_SECONDS', () => {
  const { PUBLIC_URL, FILE_LINK_SECONDS } = readConfig({
    PUBLIC_URL: 'https://stats.example/',
    FILE_LINK_SECONDS: '60',
  });
  expect([PUBLIC_URL, FILE_LINK_SECONDS]).toEqual(['https://stats.example/', 60]);
});
