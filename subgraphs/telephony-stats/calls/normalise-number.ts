const INTERNATIONAL_PREFIX = /^00/;

/**
 * A telephone number in one spelling: its digits, with a plus where it is international (+ or 00 before it). Letters and
 * separators are dropped; undefined where no digit is left, as in "anonymous".
 */
export function normaliseNumber(number: string): string | undefined {
  const digits = number.normalize('NFKC').replace(/[^0-9]/g, '');
  if (digits === '') return undefined;
  const international = /^[^0-9]*\+/.test(number.normalize('NFKC'));
  if (international) return `+${digits}`;
  return digits.replace(INTERNATIONAL_PREFIX, '+');
}
