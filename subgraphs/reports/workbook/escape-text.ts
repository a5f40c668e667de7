/** A cell holds no more UTF-16 code units than this. */
const LONGEST_TEXT = 32_767;

const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 cannot hold, and carriage returns, which it would turn into line feeds. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** Whatever may need one of the replacements below; most cells hold none of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNUSUAL = /[&<>"\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|_x/;

/** Text for a cell: cut to what a cell holds, its control characters as ECMA-376 writes them (_x0001_). */
export function escapeText(text: string): string {
  if (text.length <= LONGEST_TEXT && !UNUSUAL.test(text)) return text;
  return text
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(CONTROL, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (character) => SPECIAL[character] ?? '');
}
