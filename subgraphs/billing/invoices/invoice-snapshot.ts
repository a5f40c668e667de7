import type { SubgraphSettings } from '#platform/config';
import { formatMicros, parseMicros, parseRate, splitGross } from '#platform/money';
import type { CompanyDetails } from '../companies/company-details.ts';

/** One side of an invoice, as it was when the invoice was issued. */
export interface PartySnapshot {
  name: string;
  taxId: string | null;
  street: string | null;
  city: string | null;
  postalCode: string | null;
  /** ISO 3166-1, two letters. */
  country: string | null;
  bankName: string | null;
  bankAccount: string | null;
}

/** A line of an invoice. Amounts are whole millionths as text. */
export interface LineSnapshot {
  service: null;
  description: string;
  unit: string;
  /** Decimal. */
  quantity: string;
  /** Decimal, net. */
  unitPrice: string;
  netMicros: string;
  taxMicros: string;
}

/** Everything that an invoice was issued with: its document is made from this and from nothing else. */
export interface InvoiceSnapshot {
  number: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** YYYY-MM-DD in the company's zone. */
  createdOn: string;
  currency: string;
  supplier: PartySnapshot;
  buyer: PartySnapshot;
  /** Fraction: 0.2 is 20 %. */
  taxRate: string;
  lines: LineSnapshot[];
  netMicros: string;
  taxMicros: string;
  /** What rounding leaves over between net + tax and the amount (EN 16931, BT-114). */
  roundingMicros: string;
  amountMicros: string;
}

/** The supplier of the configuration. */
export function supplierOf(config: SubgraphSettings): PartySnapshot {
  return {
    name: config.SUPPLIER_NAME,
    taxId: config.SUPPLIER_TAX_ID,
    street: config.SUPPLIER_STREET,
    city: config.SUPPLIER_CITY,
    postalCode: config.SUPPLIER_POSTAL_CODE,
    country: config.SUPPLIER_COUNTRY,
    bankName: config.SUPPLIER_BANK_NAME,
    bankAccount: config.SUPPLIER_BANK_ACCOUNT,
  };
}

/** The buyer of complete details. */
export function buyerOf({ legalName, ...details }: CompanyDetails): PartySnapshot {
  const { taxId, street, city, postalCode, country, bankName, bankAccount } = details;
  return { name: legalName ?? '', taxId, street, city, postalCode, country, bankName, bankAccount };
}

/** Lines and totals of a top-up: one line, net, and tax on it. The amount that is given includes tax. */
export function topUpTotals(
  grossMicros: bigint,
  taxRate: string,
  currency: string,
): Pick<InvoiceSnapshot, 'lines' | 'netMicros' | 'taxMicros' | 'roundingMicros' | 'amountMicros'> {
  const { net, tax, rounding } = splitGross(grossMicros, parseRate(taxRate), currency);
  const line: LineSnapshot = {
    service: null,
    description: 'Balance top-up',
    unit: 'payment',
    quantity: '1',
    unitPrice: formatMicros(net),
    netMicros: String(net),
    taxMicros: String(tax),
  };
  return {
    lines: [line],
    netMicros: String(net),
    taxMicros: String(tax),
    roundingMicros: String(rounding),
    amountMicros: String(grossMicros),
  };
}

/** The greatest amount of an invoice, in millionths. */
export function greatestAmount({ INVOICE_MAX_AMOUNT }: SubgraphSettings): bigint {
  return parseMicros(INVOICE_MAX_AMOUNT) ?? 0n;
}

/** The parties of an invoice in one line: street, postal code and city, country. */
export function addressOf({ street, postalCode, city, country }: PartySnapshot): string {
  const place = [postalCode, city].filter((part) => part !== null).join(' ');
  return [street, place, country].filter((part) => part).join(', ');
}
