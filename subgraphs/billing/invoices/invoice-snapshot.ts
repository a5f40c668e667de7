import type { SubgraphSettings } from '#platform/config';
import type { ServiceName } from '#platform/graphql';
import { parseMicros } from '#platform/money';
import type { CompanyDetails } from '../companies/company-details.ts';
import type { InvoiceKind } from './invoice.row.ts';

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
  service: ServiceName | null;
  description: string;
  unit: string;
  /** Decimal. */
  quantity: string;
  /** Decimal, net, at most 6 decimals: for show. */
  unitPrice: string;
  netMicros: string;
  taxMicros: string;
}

/** What a service was used for in the billed month, as the statistics said when the month closed. */
export interface UsageSnapshot {
  service: ServiceName;
  unit: string;
  /** Decimal. */
  quantity: string;
  /** Sum of the prices, not rounded. */
  amountMicros: string;
  unpriced: number;
}

export const REVISION_REASONS = ['COST_CHANGE', 'PREPAYMENT', 'OTHER'] as const;
export type RevisionReason = (typeof REVISION_REASONS)[number];

/** What makes a document a revised one. */
export interface RevisionSnapshot {
  /** 1, 2, 3, ... */
  number: number;
  reason: RevisionReason;
  /** Epoch milliseconds. */
  revisedAt: number;
  /** YYYY-MM-DD in the company's zone. */
  revisedOn: string;
  /** Paid already for the period (EN 16931, BT-113). */
  statedMicros: string;
  comment: string | null;
}

/** What is to be paid. Whole millionths; net + tax + rounding = amount. */
export interface TotalsSnapshot {
  netMicros: string;
  taxMicros: string;
  /** What rounding leaves over between net + tax and the amount (EN 16931, BT-114). */
  roundingMicros: string;
  amountMicros: string;
}

/** Everything that an invoice was issued or revised with: its documents are made from this and from nothing else. */
export interface InvoiceSnapshot extends TotalsSnapshot {
  kind: InvoiceKind;
  number: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** YYYY-MM-DD in the company's zone. */
  createdOn: string;
  /** The billed month: first and last day, YYYY-MM-DD, and [from, to) in epoch milliseconds. Null for a top-up. */
  period: { start: string; end: string; from: number; to: number } | null;
  currency: string;
  supplier: PartySnapshot;
  buyer: PartySnapshot;
  /** Fraction: 0.2 is 20 %. */
  taxRate: string;
  lines: LineSnapshot[];
  /** What the lines of a month were made of; empty for a top-up. */
  usage: UsageSnapshot[];
  /** Null as issued. */
  revision: RevisionSnapshot | null;
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

/** The greatest amount of an invoice, in millionths. */
export function greatestAmount({ INVOICE_MAX_AMOUNT }: SubgraphSettings): bigint {
  return parseMicros(INVOICE_MAX_AMOUNT) ?? 0n;
}

/** The parties of an invoice in one line: street, postal code and city, country. */
export function addressOf({ street, postalCode, city, country }: PartySnapshot): string {
  const place = [postalCode, city].filter((part) => part !== null).join(' ');
  return [street, place, country].filter((part) => part).join(', ');
}
