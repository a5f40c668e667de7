import fc from 'fast-check';
import { compareText } from '#platform/ingest';

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) as number);
}

function plainOrder(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  for (const [i, point] of left.entries()) {
    if (i >= right.length) return 1;
    if (point !== right[i]) return Math.sign(point - (right[i] as number));
  }
  return Math.sign(left.length - right.length);
}

test('characters beyond U+FFFF come after all others, as they do in UTF-8', () => {
  expect(['😀', '\uffee', 'z', '', 'é', 'zz'].sort(compareText)).toEqual(['', 'z', 'zz', 'é', '\uffee', '😀']);
});

test('the order is that of the code points, halves of pairs included', () => {
  const unit = fc.constantFrom('a', 'b', '\ud83d', '\ude00', '\ud83e', '\ude01', '\ue000', '😀');
  const text = fc.oneof(fc.string({ unit, maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 6 }));
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(plainOrder(a, b));
    }),
    { numRuns: 2000 },
  );
});

test('well-formed text is ordered as its UTF-8 bytes are', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
