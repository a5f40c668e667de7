import { formatAmount, minorUnits, parseMicros } from '#platform/money';

/** An expected refusal of a mutation: a path into the input, a stable code, and what to do. */
export interface Refusal {
  field: string[] | null;
  code: string;
  message: string;
}

/** What an amount may be, beside being money of the currency. */
export interface AmountRules {
  /** Millionths. */
  greatest: bigint;
  /** Its name in the input; default: amount. */
  field?: string;
  /** Whether nothing at all is an amount too. */
  mayBeZero?: boolean;
}

/**
 * Reads an amount of money as clients give it, a decimal: above 0 (or 0, where that is allowed), at most `greatest` millionths,
 * and with no more decimals than the currency has, as "10.000" is ten thousand to some. Gives millionths, or the refusal.
 */
export function readAmount(text: string, currency: string, rules: AmountRules): bigint | Refusal {
  const { greatest, field = 'amount', mayBeZero = false } = rules;
  const refuse = (fault: string): Refusal => {
    return { field: ['input', field], code: 'INVALID_AMOUNT', message: `${field}: ${text} ${fault}` };
  };
  const decimals = minorUnits(currency);
  if (text.startsWith('-') && mayBeZero) return refuse('is below 0; give 0 or more.');
  if (!mayBeZero && /^-|^[0.]*$/.test(text)) return refuse('is not above 0; give an amount to pay.');
  if ((text.split('.')[1] ?? '').length > decimals) {
    return refuse(`has more decimals than ${currency}; give at most ${decimals}.`);
  }
  const micros = parseMicros(text);
  if (micros === undefined || micros > greatest) {
    return refuse(`is above the greatest amount, ${formatAmount(greatest, currency)} ${currency}; give a smaller one.`);
  }
  return micros;
}

/** The greatest amount that is read at all, in millionths. */
export const GREATEST_MICROS = 10n ** 18n - 1n;
