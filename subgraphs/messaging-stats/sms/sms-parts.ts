import { septetLength, septetsOf } from './sms-alphabet.ts';

export type SmsEncoding = 'GSM_7' | 'UCS_2';

/** How a text travels as a short message. */
export interface SmsCut {
  encoding: SmsEncoding;
  /** At least 1: an empty text is sent as one part. */
  parts: number;
  /** Septets in GSM-7 (an extension character has two), UTF-16 code units in UCS-2. */
  length: number;
  /**
   * How many more characters of width one (a basic GSM-7 character, a UTF-16 code unit) can be appended before another
   * part is needed. A text of one part may grow to 160 or 70; the last one of several parts holds 153 or 67.
   */
  charactersLeft: number;
}

/** What one part holds: the 140 octets of TS 23.040 alone, or without the 6 of a concatenation header with 8-bit reference. */
const SEPTETS = { single: 160, several: 153 };
const CODE_UNITS = { single: 70, several: 67 };

/** Parts filled so far and the units used of the last one. */
interface Packed {
  parts: number;
  used: number;
}

/** Parts that a text is sent in (NOT-23). Linear, allocates nothing per character; texts of up to 70 code units are not even read. */
export function countSmsParts(text: string): number {
  if (text.length <= CODE_UNITS.single) return 1;
  const septets = septetLength(text);
  return septets < 0 ? packCodeUnits(text).parts : packSeptets(text, septets).parts;
}

/** Cuts a text as a phone network does: GSM-7 where every character allows it, else UCS-2 for the whole text. Linear. */
export function cutSms(text: string): SmsCut {
  const septets = septetLength(text);
  if (septets < 0) return toCut('UCS_2', text.length, packCodeUnits(text), CODE_UNITS);
  return toCut('GSM_7', septets, packSeptets(text, septets), SEPTETS);
}

function toCut(encoding: SmsEncoding, length: number, packed: Packed, limits: typeof SEPTETS): SmsCut {
  const limit = packed.parts === 1 ? limits.single : limits.several;
  return { encoding, parts: packed.parts, length, charactersLeft: limit - packed.used };
}

/** Packs greedily; an escape and its character stay together, so a part may end one septet early. */
function packSeptets(text: string, septets: number): Packed {
  if (septets <= SEPTETS.single) return { parts: 1, used: septets };
  if (septets === text.length) {
    const full = Math.ceil(septets / SEPTETS.several) - 1; // No escape in it, so every part but the last is full.
    return { parts: full + 1, used: septets - full * SEPTETS.several };
  }
  let parts = 1;
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    const width = septetsOf(text.charCodeAt(index));
    if (used + width > SEPTETS.several) {
      parts++;
      used = 0;
    }
    used += width;
  }
  return { parts, used };
}

/** Packs greedily; a surrogate pair stays together, so a part may end one unit early. A lone surrogate is one unit. */
function packCodeUnits(text: string): Packed {
  if (text.length <= CODE_UNITS.single) return { parts: 1, used: text.length };
  let parts = 1;
  let start = 0;
  while (text.length - start > CODE_UNITS.several) {
    start += CODE_UNITS.several;
    if (isInsidePair(text, start)) start--;
    parts++;
  }
  return { parts, used: text.length - start };
}

/** Whether a cut before this code unit would split a surrogate pair. */
function isInsidePair(text: string, index: number): boolean {
  return (text.codePointAt(index - 1) ?? 0) > 0xffff;
}
