import { formatAmount, formatMicros, parseRate } from '#platform/money';
import { element, type XmlElement } from './xml.ts';

/** An amount in the document's currency. */
export function amount(name: string, micros: bigint | string, { currency }: { currency: string }): XmlElement {
  return element(name, formatAmount(micros, currency), { currencyID: currency });
}

/** Standard rate, or zero rate: the codes of UNTDID 5305. */
export function taxCategory(name: string, taxRate: string): XmlElement {
  const rate = parseRate(taxRate);
  return element(name, [
    element('cbc:ID', rate === 0n ? 'Z' : 'S'),
    element('cbc:Percent', formatMicros(rate * 100n)),
    element('cac:TaxScheme', [element('cbc:ID', 'VAT')]),
  ]);
}
