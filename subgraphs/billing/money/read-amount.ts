import { formatAmount, minorUnits, parseMicros } from '#platform/money';

/** An expected refusal of a mutation: a path into the input, a stable code, and what to do. */
export interface Refusal {
  field: string[] | null;
  code: string;
  message: string;
}

/**
 * Reads an amount of money as clients give it, a decimal: above 0, at most `greatest` millionths, and with no more decimals
 * than the currency has, as "10.000" is ten thousand to some. Gives millionths, or the refusal.
 */
export function readAmount(text: string, currency: string, greatest: bigint): bigint | Refusal {
  const refuse = (fault: string): Refusal => {
    return { field: ['input', 'amount'], code: 'INVALID_AMOUNT', message: `amount: ${text} ${fault}` };
  };
  const decimals = minorUnits(currency);
  if (/^-|^[0.]*$/.test(text)) return refuse('is not above 0; give an amount to pay.');
  if ((text.split('.')[1] ?? '').length > decimals) {
    return refuse(`has more decimals than ${currency}; give at most ${decimals}.`);
  }
  const micros = parseMicros(text);
  if (micros === undefined || micros > greatest) {
    return refuse(`is above the greatest amount, ${formatAmount(greatest, currency)} ${currency}; give a smaller one.`);
  }
  return micros;
}
