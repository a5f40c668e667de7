import type { Company } from '#platform/companies';
import { formatInstant } from '#platform/time';
import { toLines } from '../invoices/to-invoice.ts';
import { toMoney } from '../ledger/to-account-transaction.ts';
import { InvoiceRevision } from './invoice-revision.type.ts';
import type { RevisionRow } from './revision.row.ts';

/** A revision as clients see it, with its time in the company's zone. */
export function toRevision(company: Company, row: RevisionRow): InvoiceRevision {
  const { timeZone, currency } = company;
  return Object.assign(new InvoiceRevision(), {
    id: row.id,
    number: row.number,
    reason: row.reason,
    paidAmount: toMoney(row.stated_micros, currency),
    amount: toMoney(row.amount_micros, currency),
    revisedAt: formatInstant(row.revised_at, timeZone),
    revisedBy: { fullName: row.by_name, email: row.by_email },
    comment: row.comment,
    lines: toLines(row.snapshot),
    company,
    invoiceId: row.invoice_id,
  });
}
