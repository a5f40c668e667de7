import fc from 'fast-check';
import { GSM7_BASIC, GSM7_EXTENSION } from './sms-alphabet.ts';

const BASIC = [...GSM7_BASIC.replace('\u001B', '')];
const EXTENSION = [...GSM7_EXTENSION];
const UCS2 = [...'яЖ漢ç“”…–ê₽\u00A0\u200D', 'e\u0301', '😀', '👩‍💻', '\ud83d', '\ude00', '\u001B'];

/** Texts around the limits of one to five parts: GSM-7 alone, with many extension characters, and mixed with anything else. */
export function smsText(): fc.Arbitrary<string> {
  const gsm = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...BASIC) }, fc.constantFrom(...EXTENSION));
  const dear = fc.oneof(fc.constantFrom('a', 'b'), { weight: 3, arbitrary: fc.constantFrom(...EXTENSION) });
  const mixed = fc.oneof(
    gsm,
    { weight: 4, arbitrary: fc.constantFrom(...UCS2) },
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  return fc.oneof(...[gsm, dear, mixed].map(textOf));
}

function textOf(characters: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const options = { maxLength: 400, size: 'max' } as const;
  return fc.array(characters, options).map((list) => list.join(''));
}
