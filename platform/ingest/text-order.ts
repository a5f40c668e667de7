/**
 * Orders text by code points: below 0 where `a` comes first, 0 where both are equal. JavaScript's `<` compares UTF-16
 * units and puts characters beyond U+FFFF before U+E000; PostgreSQL's "C" collation and UTF-8 do not.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  let i = 0;
  while (i < shared && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  if (i === shared) return a.length - b.length;
  // A difference in the second half of a pair is one of the character that began a unit before.
  const halved = isLowSurrogate(a.charCodeAt(i)) || isLowSurrogate(b.charCodeAt(i));
  if (halved && i > 0 && isHighSurrogate(a.charCodeAt(i - 1))) i -= 1;
  return (a.codePointAt(i) as number) - (b.codePointAt(i) as number);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
