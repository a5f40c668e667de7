import { readConfig } from '#platform/config';
import { companyIdOption, durationOption, serviceUrlOption } from './option-values.ts';

test.each([
  ['30s', 30],
  ['15m', 900],
  ['1h', 3600],
  ['7d', 604_800],
  ['365d', 31_536_000],
])('the duration %s is %d seconds', (text, seconds) => {
  expect(durationOption('--expires', text)).toBe(seconds);
});

test.each(['', '0h', '1', 'h', '1.5h', '-1h', '1w', '1h30m', '01h'])('%j is no duration', (text) => {
  expect(() => durationOption('--expires', text)).toThrow(
    `--expires ${JSON.stringify(text)} is not a duration; give one such as 30s, 15m, 1h or 7d, at most 365d.`,
  );
});

test.each(['366d', '8761h', '31536001s'])('the duration %s is too long', (text) => {
  expect(() => durationOption('--expires', text)).toThrow(
    `--expires "${text}" is more than 365 days; give one such as`,
  );
});

test.each(['0', '07', '-1', 'acme', '9223372036854775808'])('%j is no company number', (text) => {
  expect(() => companyIdOption('--company', text)).toThrow(
    `--company "${text}" is not a company number; give a whole number from 1 to 2^63-1.`,
  );
});

test('the address is that of this machine unless another is given, without slashes at the end', () => {
  const config = readConfig({ PORT: '4321' });
  expect(serviceUrlOption('--url', undefined, config)).toBe('http://localhost:4321');
  expect(serviceUrlOption('--url', 'https://example.com/statistics/', config)).toBe('https://example.com/statistics');
});

test('an address that is none, and a port that nobody knows, are refused with the remedy', () => {
  const config = readConfig({ PORT: '0' });
  expect(() => serviceUrlOption('--url', undefined, config)).toThrow('give --url http://localhost:PORT.');
  expect(() => serviceUrlOption('--url', 'localhost:4000', readConfig({}))).toThrow(
    '--url "localhost:4000" is not an address; give one such as http://localhost:4000.',
  );
});
