import type { Company } from '#platform/companies';
import { formatInstant } from '#platform/time';
import { toMoney } from '../ledger/to-account-transaction.ts';
import type { InvoiceRow } from './invoice.row.ts';
import { Invoice } from './invoice.type.ts';
import { addressOf, type InvoiceSnapshot, type LineSnapshot, type PartySnapshot } from './invoice-snapshot.ts';
import { invoiceFileName } from './render-invoice-document.ts';

/** An invoice as clients see it, with its times in the company's zone. */
export function toInvoice(company: Company, row: InvoiceRow): Invoice {
  const { timeZone, currency } = company;
  const { snapshot } = row;
  return Object.assign(new Invoice(), {
    id: row.id,
    kind: row.kind,
    status: row.status,
    number: row.number,
    fileName: invoiceFileName(row),
    amount: toMoney(row.amount_micros, currency),
    originalAmount: toMoney(snapshot.amountMicros, currency),
    net: toMoney(snapshot.netMicros, currency),
    tax: toMoney(snapshot.taxMicros, currency),
    rounding: toMoney(snapshot.roundingMicros, currency),
    paid: toMoney(row.paid_micros, currency),
    periodStart: row.period_start,
    periodEnd: row.period_end,
    createdAt: formatInstant(row.created_at, timeZone),
    updatedAt: formatInstant(row.updated_at, timeZone),
    supplier: toParty(snapshot.supplier),
    buyer: toParty(snapshot.buyer),
    lines: snapshot.lines.map((line) => toLine(line, snapshot)),
    company,
    pdfFileId: row.pdf_file_id,
  });
}

function toParty(party: PartySnapshot) {
  return { ...party, address: addressOf(party) };
}

function toLine({ netMicros, taxMicros, ...line }: LineSnapshot, { currency, taxRate }: InvoiceSnapshot) {
  return { ...line, amount: toMoney(netMicros, currency), taxRate, tax: toMoney(taxMicros, currency) };
}
