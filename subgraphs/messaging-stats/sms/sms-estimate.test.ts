import fc from 'fast-check';
import { septetLength } from './sms-alphabet.ts';
import { applySubstitutes, estimateSms } from './sms-estimate.ts';
import { countSmsParts } from './sms-parts.ts';
import { gsm7Substitute } from './sms-substitute.ts';
import { smsText } from './sms-text.arbitrary.ts';

test('[NOT-23] names what makes a text dearer, where it stands and what it costs without', () => {
  const text = `😀“Hi”${'a'.repeat(66)}`;
  expect(estimateSms(text)).toEqual({
    encoding: 'UCS_2',
    parts: 2,
    length: 72,
    charactersLeft: 62,
    offendingCharacters: [
      { character: '😀', index: 0, substitute: null },
      { character: '“', index: 2, substitute: '"' },
      { character: '”', index: 5, substitute: '"' },
    ],
    partsIfReplaced: 2,
  });
});

test('[NOT-23] shows that plain quotes and dots halve the price of a text', () => {
  const estimate = estimateSms(`“Hi”… ${'a'.repeat(90)}`);
  expect([estimate.encoding, estimate.parts, estimate.partsIfReplaced]).toEqual(['UCS_2', 2, 1]);
});

test('[NOT-23] finds nothing to replace in a GSM-7 text', () => {
  const estimate = estimateSms('Ça coûte'.replace('û', 'u'));
  expect(estimate).toEqual({
    encoding: 'GSM_7',
    parts: 1,
    length: 8,
    charactersLeft: 152,
    offendingCharacters: [],
    partsIfReplaced: 1,
  });
});

test('[NOT-23] admits that replacing alone can cost a part where the text stays UCS-2', () => {
  const estimate = estimateSms(`…${'я'.repeat(69)}`);
  expect([estimate.parts, estimate.partsIfReplaced]).toEqual([1, 2]);
});

test.each([
  ['“”„«»″', '""""""'],
  ['‘’‚‹›`´', "'''''''"],
  ['‐‑–—−', '-----'],
  ['…', '...'],
  ['\u00A0\u2009\u202F\u3000\t', '     '],
  ['\u2028\u0085', '\n\n'],
  ['\u200B\uFEFF\u00AD\u2060\u200E\u001B\u0000', ''],
  ['çáêãőŻłÝ', 'caeaoZlY'],
  ['\u212B\u2126\u212A', 'ÅΩK'],
  ['ǿ', 'ø'],
  ['№©', 'No(c)'],
])('[NOT-23] replaces %j by %j', (characters, substitutes) => {
  expect([...characters].map(gsm7Substitute).join('')).toBe(substitutes);
});

test.each([...'яЙЁ₽漢😀≠°α\ud83d'])('[NOT-23] knows no substitute for %s', (character) => {
  expect(gsm7Substitute(character)).toBeNull();
});

test.each([
  ['a mark on a letter that can be sent', 'cafe\u0301', 'cafe'],
  ['a mark on a letter that is replaced', 'ç\u0301a', 'ca'],
  ['the selectors of a keycap', '1\uFE0F\u20E3', '1'],
  ['a byte order mark', '\uFEFFHi', 'Hi'],
  ['the joiners of an emoji not', '👩‍💻❤\uFE0F', '👩‍💻❤\uFE0F'],
  ['the marks of Cyrillic letters not', 'и\u0306', 'и\u0306'],
  ['the stroke of a negated sign not', '=\u0338', '=\u0338'],
])('[NOT-23] leaves out what is attached: %s', (_name, text, replaced) => {
  expect(applySubstitutes(text, estimateSms(text).offendingCharacters)).toBe(replaced);
});

test('[NOT-23] finds every character of any text that is not GSM-7, and proposes only GSM-7', () => {
  fc.assert(
    fc.property(smsText(), (text) => {
      const { offendingCharacters, partsIfReplaced, encoding } = estimateSms(text);
      const expected = [...text].filter((character) => septetLength(character) < 0);
      expect(offendingCharacters.map(({ character }) => character)).toEqual(expected);
      expect(encoding === 'GSM_7').toBe(expected.length === 0);
      for (const { character, index, substitute } of offendingCharacters) {
        expect(text.startsWith(character, index)).toBe(true);
        expect(septetLength(substitute ?? '')).toBeGreaterThanOrEqual(0);
      }
      const replaced = applySubstitutes(text, offendingCharacters);
      expect(partsIfReplaced).toBe(countSmsParts(replaced));
      if (offendingCharacters.every(({ substitute }) => substitute !== null)) {
        expect(septetLength(replaced)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 1000 },
  );
});

test('[NOT-23] proposes only GSM-7 for every code point of Unicode', () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (septetLength(character) > 0) continue;
    if (septetLength(gsm7Substitute(character) ?? '') < 0) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});
