import fc from 'fast-check';
import { GSM7_BASIC, GSM7_EXTENSION, septetLength, septetsOf } from './sms-alphabet.ts';
import { countSmsParts, cutSms, type SmsCut } from './sms-parts.ts';
import { smsText } from './sms-text.arbitrary.ts';

const VECTORS: [string, string, SmsCut][] = [
  ['an empty text', '', { encoding: 'GSM_7', parts: 1, length: 0, charactersLeft: 160 }],
  ['160 a', 'a'.repeat(160), { encoding: 'GSM_7', parts: 1, length: 160, charactersLeft: 0 }],
  ['161 a', 'a'.repeat(161), { encoding: 'GSM_7', parts: 2, length: 161, charactersLeft: 145 }],
  ['306 a', 'a'.repeat(306), { encoding: 'GSM_7', parts: 2, length: 306, charactersLeft: 0 }],
  ['307 a', 'a'.repeat(307), { encoding: 'GSM_7', parts: 3, length: 307, charactersLeft: 152 }],
  ['159 a and €', `${'a'.repeat(159)}€`, { encoding: 'GSM_7', parts: 2, length: 161, charactersLeft: 145 }],
  ['80 €', '€'.repeat(80), { encoding: 'GSM_7', parts: 1, length: 160, charactersLeft: 0 }],
  ['153 €', '€'.repeat(153), { encoding: 'GSM_7', parts: 3, length: 306, charactersLeft: 151 }],
  ['70 я', 'я'.repeat(70), { encoding: 'UCS_2', parts: 1, length: 70, charactersLeft: 0 }],
  ['71 я', 'я'.repeat(71), { encoding: 'UCS_2', parts: 2, length: 71, charactersLeft: 63 }],
  ['134 я', 'я'.repeat(134), { encoding: 'UCS_2', parts: 2, length: 134, charactersLeft: 0 }],
  ['135 я', 'я'.repeat(135), { encoding: 'UCS_2', parts: 3, length: 135, charactersLeft: 66 }],
  ['35 😀', '😀'.repeat(35), { encoding: 'UCS_2', parts: 1, length: 70, charactersLeft: 0 }],
  ['36 😀', '😀'.repeat(36), { encoding: 'UCS_2', parts: 2, length: 72, charactersLeft: 61 }],
  ['67 😀', '😀'.repeat(67), { encoding: 'UCS_2', parts: 3, length: 134, charactersLeft: 65 }],
  ['160 a and я', `${'a'.repeat(160)}я`, { encoding: 'UCS_2', parts: 3, length: 161, charactersLeft: 40 }],
  ['71 lone surrogates', '\ud83d'.repeat(71), { encoding: 'UCS_2', parts: 2, length: 71, charactersLeft: 63 }],
  ['CR LF', '\r\n', { encoding: 'GSM_7', parts: 1, length: 2, charactersLeft: 158 }],
];

test.each(VECTORS)('[NOT-23] cuts %s as the networks do', (_name, text, cut) => {
  expect(cutSms(text)).toEqual(cut);
  expect(countSmsParts(text)).toBe(cut.parts);
});

test('[NOT-23] has the 128 basic and 10 extension characters of TS 23.038, each once', () => {
  expect([GSM7_BASIC.length, new Set(GSM7_BASIC).size]).toEqual([128, 128]);
  expect([GSM7_EXTENSION.length, new Set(GSM7_BASIC + GSM7_EXTENSION).size]).toEqual([10, 138]);
  const anchors = { 0: '@', 16: 'Δ', 27: '\u001B', 32: ' ', 48: '0', 65: 'A', 90: 'Z', 97: 'a', 122: 'z', 127: 'à' };
  for (const [septet, character] of Object.entries(anchors)) expect(GSM7_BASIC[Number(septet)]).toBe(character);
});

test('[NOT-23] counts one septet for a basic, two for an extension character and none for all others', () => {
  const widths = { A: 1, Ç: 1, ç: 0, '\f': 2, '^': 2, '{': 2, '}': 2, '\\': 2, '[': 2, '~': 2, ']': 2, '|': 2, '€': 2 };
  for (const [character, width] of Object.entries(widths)) expect(septetsOf(character.charCodeAt(0))).toBe(width);
  expect([septetsOf('`'.charCodeAt(0)), septetsOf('₿'.charCodeAt(0)), septetsOf(0xffff)]).toEqual([0, 0, 0]);
});

test('[NOT-23] takes a literal escape character for one that GSM-7 cannot send', () => {
  expect(cutSms('a\u001Bb')).toEqual({ encoding: 'UCS_2', parts: 1, length: 3, charactersLeft: 67 });
});

test('[NOT-23] agrees with a plain packing character by character on any text', () => {
  fc.assert(
    fc.property(smsText(), (text) => {
      const cut = cutSms(text);
      expect(cut).toEqual(cutPlainly(text));
      expect(countSmsParts(text)).toBe(cut.parts);
    }),
    { numRuns: 2000 },
  );
});

test('[NOT-23] says exactly how many characters more cost nothing', () => {
  fc.assert(
    fc.property(smsText(), (text) => {
      const { parts, charactersLeft, encoding } = cutSms(text);
      const filler = encoding === 'GSM_7' ? 'a' : 'я';
      expect(countSmsParts(text + filler.repeat(charactersLeft))).toBe(parts);
      expect(countSmsParts(text + filler.repeat(charactersLeft + 1))).toBe(parts + 1);
    }),
    { numRuns: 1000 },
  );
});

/** The slow reference: whole characters go into parts one after another. */
function cutPlainly(text: string): SmsCut {
  const basic = new Set(GSM7_BASIC.replace('\u001B', ''));
  const extension = new Set(GSM7_EXTENSION);
  const characters = [...text];
  const isGsm = characters.every((character) => basic.has(character) || extension.has(character));
  const widths = characters.map((character) => (isGsm ? (extension.has(character) ? 2 : 1) : character.length));
  const length = widths.reduce((sum, width) => sum + width, 0);
  const [single, several] = isGsm ? [160, 153] : [70, 67];
  const parts: number[] = [0];
  for (const width of widths) {
    const last = parts.length - 1;
    if ((parts[last] ?? 0) + width > (length <= single ? single : several)) parts.push(width);
    else parts[last] = (parts[last] ?? 0) + width;
  }
  const charactersLeft = (parts.length === 1 ? single : several) - (parts.at(-1) ?? 0);
  expect(septetLength(text)).toBe(isGsm ? length : -1);
  return { encoding: isGsm ? 'GSM_7' : 'UCS_2', parts: parts.length, length, charactersLeft };
}
