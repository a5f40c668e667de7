import { septetLength } from './sms-alphabet.ts';
import { countSmsParts, cutSms, type SmsCut } from './sms-parts.ts';
import { gsm7Substitute, isAttached } from './sms-substitute.ts';

/** One occurrence of a character that is not in GSM-7. */
export interface OffendingCharacter {
  /** One code point; a lone surrogate as it is. */
  character: string;
  /** Where it begins, in UTF-16 code units, as `String.prototype.indexOf` of a JavaScript client counts. */
  index: number;
  /** What may be sent instead, always in GSM-7; '' where it may be left out, null where there is nothing. */
  substitute: string | null;
}

/** How a text would be cut into SMS parts, and what makes it dearer. */
export interface SmsEstimate extends SmsCut {
  /** Every occurrence, in the order of the text; empty in GSM-7. */
  offendingCharacters: OffendingCharacter[];
  /**
   * Parts of the text with all substitutes applied. Greater than `parts` only where the text stays UCS-2 for another
   * character and a substitute is longer than what it replaces (… becomes three dots).
   */
  partsIfReplaced: number;
}

/** Cuts a text and says which characters force UCS-2 and what could be sent instead. Linear in the length of the text. */
export function estimateSms(text: string): SmsEstimate {
  const cut = cutSms(text);
  if (cut.encoding === 'GSM_7') return { ...cut, offendingCharacters: [], partsIfReplaced: cut.parts };
  const offendingCharacters = findOffending(text);
  return { ...cut, offendingCharacters, partsIfReplaced: countSmsParts(applySubstitutes(text, offendingCharacters)) };
}

/** The text with every available substitute applied; what has none stays. */
export function applySubstitutes(text: string, offending: readonly OffendingCharacter[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { character, index, substitute } of offending) {
    pieces.push(text.slice(from, index), substitute ?? character);
    from = index + character.length;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

function findOffending(text: string): OffendingCharacter[] {
  const offending: OffendingCharacter[] = [];
  let index = 0;
  // Whether what an attached mark or joiner would belong to can be sent: an emoji or a Cyrillic letter keeps its marks.
  let baseIsSendable = true;
  for (const character of text) {
    if (septetLength(character) > 0) {
      baseIsSendable = true;
    } else {
      const attached = isAttached(character);
      const substitute: string | null = attached && !baseIsSendable ? null : gsm7Substitute(character);
      if (!attached) baseIsSendable = substitute !== null;
      offending.push({ character, index, substitute });
    }
    index += character.length;
  }
  return offending;
}
