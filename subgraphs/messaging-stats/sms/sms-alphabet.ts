/**
 * The GSM 7-bit default alphabet of 3GPP TS 23.038 (section 6.2.1), in the order of the septets 0x00 to 0x7F, 16 a line.
 * 128 code points. 0x1B is the escape to the extension table and stands for no character: see `septetsOf`.
 */
export const GSM7_BASIC: string = [
  '@£$¥èéùìòÇ\nØø\rÅå',
  'Δ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmno',
  'pqrstuvwxyzäöñüà',
].join('');

/** The extension table (section 6.2.1.1): each of these is sent as the escape and one more septet. */
export const GSM7_EXTENSION = '\f^{}\\[~]|€';

const ESCAPE = '\u001B';

/** Septets of each UTF-16 code unit up to the greatest one in the alphabet (€); 0 where it is not in GSM-7. */
const SEPTETS: Uint8Array = septetTable();

/**
 * Septets that a UTF-16 code unit takes in GSM-7: 1, 2 (extension table) or 0 where it cannot be sent in GSM-7.
 *
 * A literal U+001B is 0: septet 0x1B would be read as an escape and swallow the character after it, so no phone could
 * show it. National language shift tables (section 6.2.1.2) are not used: they need the receiver's support.
 */
export function septetsOf(codeUnit: number): 0 | 1 | 2 {
  return (SEPTETS[codeUnit] ?? 0) as 0 | 1 | 2;
}

/** Septets of a whole text in GSM-7, or -1 where a character of it forces UCS-2. */
export function septetLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const septets = septetsOf(text.charCodeAt(index));
    if (septets === 0) return -1;
    length += septets;
  }
  return length;
}

function septetTable(): Uint8Array {
  const table = new Uint8Array('€'.charCodeAt(0) + 1);
  for (const character of GSM7_BASIC) table[character.charCodeAt(0)] = 1;
  for (const character of GSM7_EXTENSION) table[character.charCodeAt(0)] = 2;
  table[ESCAPE.charCodeAt(0)] = 0;
  return table;
}
