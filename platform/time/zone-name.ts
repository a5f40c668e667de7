/** What must not reach Intl: it would take a bare offset such as +03:00 for the name of a zone. */
const BARE_OFFSET = /^(?:utc|gmt)?[+\-\u2212]/i;

/** IANA names without an area, in their own case. Intl knows more (IST, ACT, ...), which are not IANA's. */
const NAMES_WITHOUT_AREA = (
  'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica ' +
  'Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT UTC ' +
  'Universal W-SU WET Zulu'
).split(' ');

/** Words of names with an area that are not written with one capital at the front. */
const ODD_WORDS = (
  'ACT BajaNorte BajaSur ComodRivadavia DeNoronha DumontDUrville EasterIsland GMT GMT0 IN LHI McMurdo NSW UCT US UTC ' +
  'au es of'
).split(' ');

const canonicalNameWithoutArea = new Map(NAMES_WITHOUT_AREA.map((name) => [name.toLowerCase(), name]));
const canonicalWord = new Map(ODD_WORDS.map((word) => [word.toLowerCase(), word]));

/** Names that Intl has confirmed, by their lower case; no more than there are zones. */
const confirmed = new Map<string, string>();

/**
 * The IANA name of a zone in its own case: `europe/moscow` gives `Europe/Moscow`. Names that mean the same zone are kept
 * apart, so that `Asia/Kolkata` does not come back as `Asia/Calcutta`. Undefined for names that IANA or this Node does not
 * know and for bare offsets: anything that begins with a sign, or with UTC or GMT followed by one.
 */
export function parseTimeZone(name: string): string | undefined {
  if (isBareOffset(name)) return undefined;
  const key = name.toLowerCase();
  const known = confirmed.get(key);
  if (known !== undefined) return known;
  const canonical = canonicalName(key);
  if (canonical === undefined || !isKnownToIntl(canonical)) return undefined;
  confirmed.set(key, canonical);
  return canonical;
}

/** Whether a text is an offset where a zone's name belongs. */
export function isBareOffset(text: string): boolean {
  return BARE_OFFSET.test(text);
}

function canonicalName(key: string): string | undefined {
  if (!key.includes('/')) return canonicalNameWithoutArea.get(key);
  // SystemV/... is Intl's own.
  if (!/^[a-z0-9_+/-]+$/.test(key) || key.startsWith('systemv/')) return undefined;
  return key.replace(/[a-z0-9]+/g, (word) => canonicalWord.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1));
}

function isKnownToIntl(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
