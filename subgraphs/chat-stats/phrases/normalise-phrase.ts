/** Least length of a phrase, in code points. */
const SHORTEST_PHRASE = 2;

const ATOM = "\\p{L}\\p{N}.!#$%&'*+/=?^_{|}~`-";
/** Begins where an address can, and nowhere within it: no text makes the search go over the same characters again and again. */
const EMAIL = new RegExp(`(?<![${ATOM}])[${ATOM}]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+`, 'gu');
/** Seven and more digits with what people write between them. */
const LONG_NUMBER = /(?<![\p{L}\p{N}])(?:\+ ?)?\(?\p{Nd}(?:[ ().-]{0,3}\p{Nd}){6,}/gu;
const DATE = /^(?:\d{4}-\d\d?-\d\d?|\d\d?[.-]\d\d?[.-]\d{4})/;
const CARD = /^\d(?:[ -]?\d){12,18}$/;

/** Stand for what is masked until punctuation is gone; texts of people cannot hold them any more by then. */
const MASKS = { email: '\ue000', phone: '\ue001', card: '\ue002' } as const;
const NAMES: Readonly<Record<string, string>> = {
  [MASKS.email]: '#email',
  [MASKS.phone]: '#phone',
  [MASKS.card]: '#card',
};

/**
 * The phrase of a text: compatibility forms and cases are one, punctuation and emoji are gone, every number is #, and e-mail
 * addresses, telephone and card numbers are masked. The empty text where less than two characters remain.
 */
export function normalisePhrase(text: string): string {
  // Parts of emoji and of words that show nothing themselves; private characters mean nothing to anybody else.
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\p{Co}\p{Variation_Selector}]+/gu, '');
  const words = plain
    .replace(EMAIL, ` ${MASKS.email} `)
    .replace(LONG_NUMBER, maskOfNumber)
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Co}]+/gu, ' ')
    .replace(/(?<![\p{L}\p{M}])\p{M}+/gu, '')
    .replace(/\p{Nd}+/gu, '#')
    .replace(/\p{Co}/gu, (mask) => NAMES[mask] ?? '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return Array.from(words.slice(0, 2 * SHORTEST_PHRASE)).length < SHORTEST_PHRASE ? '' : words;
}

/** What stands for a long number: cards by their check digit, telephone numbers by their length; any other one stays. */
function maskOfNumber(number: string): string {
  const digits = number.replace(/\P{Nd}/gu, '');
  if (CARD.test(number) && passesLuhn(digits)) return ` ${MASKS.card} `;
  const isPhone = digits.length <= 15 && (number.startsWith('+') || digits.length >= 9) && !DATE.test(number);
  return isPhone ? ` ${MASKS.phone} ` : number;
}

/** The check of card numbers (ISO/IEC 7812-1): every second digit from the right doubled, the sum of all digits a multiple of 10. */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits, Number).reduceRight((total, digit, index) => {
    const isDoubled = (digits.length - index) % 2 === 0;
    const value = isDoubled ? 2 * digit : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
