import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

const SCHEME = /^\s*(?:sips?|tel):/i;
/** What stands behind the number in an address: a host, parameters. */
const REST_OF_ADDRESS = /[@;].*$/s;
const INTERNATIONAL_PREFIX = /^[^0-9+]*00/;

/**
 * A telephone number in one spelling: E.164 (`+74951234567`) where it can be told, which for national spellings needs the
 * country. What is no number of the world, such as 112 or an extension, is its digits. Undefined where no digit is left, as in
 * "anonymous".
 * @param number as a carrier or an exchange writes it, also as an address: `sip:+74951234567@host`
 * @param country whose national spelling numbers without + or 00 have
 */
export function normaliseNumber(number: string, country?: CountryCode): string | undefined {
  const text = number
    .normalize('NFKC')
    .replace(SCHEME, '')
    .replace(REST_OF_ADDRESS, '')
    .replace(INTERNATIONAL_PREFIX, '+');
  const parsed = parsePhoneNumberFromString(text, country);
  if (parsed?.isPossible()) return parsed.number;
  const digits = text.replace(/[^0-9]/g, '');
  if (digits === '') return undefined;
  return /^[^0-9]*\+/.test(text) ? `+${digits}` : digits;
}
