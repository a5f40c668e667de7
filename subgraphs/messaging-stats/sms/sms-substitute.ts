import { septetLength } from './sms-alphabet.ts';

/** Substitute, and all the characters that it stands in for. */
const SUBSTITUTES: readonly (readonly [string, string])[] = [
  ['"', '“”„‟«»″〝〞'],
  ["'", '‘’‚‛‹›′´`ʼ'],
  ['-', '‐‑‒–—―−'],
  ['...', '…'],
  ['.', '·'],
  ['*', '•'],
  ['x', '×'],
  ['\n', '\u000B\u0085\u2028\u2029'],
  [' ', '\t'],
  ['c', 'ç'],
  ['l', 'ł'],
  ['L', 'Ł'],
  ['d', 'đð'],
  ['D', 'ĐÐ'],
  ['i', 'ı'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['SS', 'ẞ'],
  ['No', '№'],
  ['(c)', '©'],
  ['(R)', '®'],
  ['TM', '™'],
];

const SUBSTITUTE_OF: ReadonlyMap<string, string> = new Map(
  SUBSTITUTES.flatMap(([substitute, characters]) => [...characters].map((character) => [character, substitute])),
);

const SPACE = /^\p{Zs}$/u;
/** Without a glyph and without a bond to its neighbours: control characters, zero-width spaces, soft hyphens, byte order marks. */
const INVISIBLE = /^[\p{Cc}\p{Cf}]$/u;
/** Changes what stands before it: combining marks, variation selectors (marks too), joiners and emoji tags. */
const ATTACHED = /^(?:\p{M}|\u200C|\u200D|[\u{E0020}-\u{E007F}])$/u;
/** Marks that turn the meaning round (= becomes not equal), so that leaving them out is no substitute. */
const STRIKING = /^[\u0337\u0338\u20D2\u20E5]$/;
const LETTER = /^\p{L}$/u;

/** Whether a character belongs to the one before it and can be left out only where that one can be sent in GSM-7. */
export function isAttached(character: string): boolean {
  return ATTACHED.test(character);
}

/**
 * What may be sent in GSM-7 in place of a character that GSM-7 lacks: the same mark or letter in plainer form, '' for one
 * that is not seen anyway, null where only another text would do (Cyrillic and other scripts, ₽, emoji: transliteration
 * is not a substitute). Letter case is kept: ç becomes c although GSM-7 has Ç. Always GSM-7.
 */
export function gsm7Substitute(character: string): string | null {
  const listed = SUBSTITUTE_OF.get(character);
  if (listed !== undefined) return listed;
  if (SPACE.test(character)) return ' ';
  if (STRIKING.test(character)) return null;
  if (isAttached(character) || INVISIBLE.test(character)) return '';
  return withoutMarks(character);
}

/** Å of the sign Ångström by canonical equivalence, else the bare letter (e of ê). Only letters: without its mark ≠ would be =. */
function withoutMarks(character: string): string | null {
  const composed = character.normalize('NFC');
  if (septetLength(composed) > 0) return composed;
  if (!LETTER.test(character)) return null;
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  return septetLength(plain) > 0 ? plain : null;
}
