const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * Where the CLDR data behind Intl counts the coins in use, ISO 4217 keeps the minor unit of the standard. Invoices go
 * by ISO 4217, so only these differences are written down; everything else is asked of Intl.
 */
const ISO_MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...'AFN ALL COP HUF IDR IRR KPW LAK LBP MGA MMK PKR SLL SOS SYP YER'.split(' ').map((code) => [code, 2] as const),
  ['IQD', 3],
]);

const known = new Map<string, number>();

/** Whether the text is a currency code of ISO 4217 in capitals. The codes for no currency and for tests are not. */
export function isCurrency(code: string): boolean {
  return CODES.has(code);
}

/**
 * Decimals of a currency's minor unit by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD.
 * @throws RangeError where the code is not a currency
 */
export function minorUnits(currency: string): number {
  let digits = known.get(currency);
  if (digits === undefined) {
    if (!isCurrency(currency)) throw new RangeError(`${JSON.stringify(currency)} is not a currency of ISO 4217`);
    digits = ISO_MINOR_UNITS.get(currency) ?? intlMinorUnits(currency);
    known.set(currency, digits);
  }
  return digits;
}

function intlMinorUnits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
