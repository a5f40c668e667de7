const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const LANGUAGES = ['en', 'ru'];

/** Regions that are no countries: unknown, Europe as a whole, tests. */
const NO_COUNTRIES = new Set(['ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB']);

let codesByName: ReadonlyMap<string, string> | undefined;

/**
 * The ISO 3166-1 code of a country that is given by its code or by its English or Russian name, in any case; undefined where
 * there is none. Electronic invoices take codes only.
 */
export function parseCountry(text: string): string | undefined {
  codesByName ??= new Map(countries());
  return codesByName.get(text.toLocaleLowerCase('en'));
}

function countries(): [name: string, code: string][] {
  const names = LANGUAGES.map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }));
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => {
    // Codes that were given up are known to Intl under their successors' names.
    return (
      names[0]?.of(code) !== undefined &&
      !NO_COUNTRIES.has(code) &&
      new Intl.Locale('und', { region: code }).region === code
    );
  });
  return codes.flatMap((code) => {
    const texts = names.map((language) => language.of(code)).filter((name) => name !== undefined);
    return [code, ...texts].map((name): [string, string] => [name.toLocaleLowerCase('en'), code]);
  });
}
