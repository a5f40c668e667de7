import type { InvoiceSnapshot, LineSnapshot } from '../invoices/invoice-snapshot.ts';
import { amount, taxCategory } from './ubl-amount.ts';
import { element, type XmlElement } from './xml.ts';

/** Codes of UN/ECE Recommendation 20; whatever is counted is "one". */
const UNIT_CODES: Readonly<Record<string, string>> = { minute: 'MIN' };
const ONE = 'C62';

/**
 * A line. The price is that of the whole quantity, so that quantity and price give the amount exactly. A line below 0 is one unit
 * taken off: prices are never below 0.
 */
export function ublLine(line: LineSnapshot, number: number, snapshot: InvoiceSnapshot): XmlElement {
  const net = BigInt(line.netMicros);
  const isTakenOff = net < 0n;
  const quantity = isTakenOff || /^0(\.0+)?$/.test(line.quantity) ? '1' : line.quantity;
  const unitCode = UNIT_CODES[line.unit] ?? ONE;
  return element('cac:InvoiceLine', [
    element('cbc:ID', String(number)),
    element('cbc:InvoicedQuantity', isTakenOff ? '-1' : quantity, { unitCode }),
    amount('cbc:LineExtensionAmount', net, snapshot),
    element('cac:Item', [
      element('cbc:Name', line.description),
      taxCategory('cac:ClassifiedTaxCategory', snapshot.taxRate),
    ]),
    element('cac:Price', [
      amount('cbc:PriceAmount', isTakenOff ? -net : net, snapshot),
      element('cbc:BaseQuantity', quantity, { unitCode }),
    ]),
  ]);
}
