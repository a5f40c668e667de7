import type { Company } from '#platform/companies';
import { formatInstant } from '#platform/time';
import { documentFileName } from '../documents/document-snapshot.ts';
import { toMoney } from '../ledger/to-account-transaction.ts';
import type { InvoiceRow } from './invoice.row.ts';
import { Invoice } from './invoice.type.ts';
import { addressOf, type InvoiceSnapshot, type LineSnapshot, type PartySnapshot } from './invoice-snapshot.ts';

/** An invoice as clients see it, with its times in the company's zone. */
export function toInvoice(company: Company, row: InvoiceRow): Invoice {
  const { timeZone, currency } = company;
  const { issued, latest } = row;
  return Object.assign(new Invoice(), {
    id: row.id,
    kind: row.kind,
    status: row.status,
    number: row.number,
    fileName: documentFileName(issued, 'pdf'),
    amount: toMoney(row.amount_micros, currency),
    originalAmount: toMoney(issued.amountMicros, currency),
    net: toMoney(latest.netMicros, currency),
    tax: toMoney(latest.taxMicros, currency),
    rounding: toMoney(latest.roundingMicros, currency),
    paid: toMoney(row.paid_micros, currency),
    periodStart: row.period_start,
    periodEnd: row.period_end,
    createdAt: formatInstant(row.created_at, timeZone),
    updatedAt: formatInstant(row.updated_at, timeZone),
    supplier: toParty(issued.supplier),
    buyer: toParty(issued.buyer),
    lines: toLines(latest),
    company,
    revision: row.revision,
    issued,
  });
}

/** The lines of a document as clients see them. */
export function toLines(snapshot: InvoiceSnapshot) {
  return snapshot.lines.map((line) => toLine(line, snapshot));
}

function toParty(party: PartySnapshot) {
  return { ...party, address: addressOf(party) };
}

function toLine({ netMicros, taxMicros, ...line }: LineSnapshot, { currency, taxRate }: InvoiceSnapshot) {
  return { ...line, amount: toMoney(netMicros, currency), taxRate, tax: toMoney(taxMicros, currency) };
}
