import { readCompany } from '#platform/companies';
import { sql, type Transaction } from '#platform/database';
import { recordChange } from '../changes/record-change.ts';
import { updateInvoice } from '../invoices/invoice.row.ts';
import { book, lockAccount } from '../ledger/ledger.ts';
import type { Refusal } from '../money/read-amount.ts';
import { recordStaffAct } from '../staff/staff-act.row.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import { lockExpected } from './expected-revision.ts';

/** An invoice that was withdrawn, or why it was not. */
export type VoidedInvoice = { invoiceId: string; refusals: [] } | { invoiceId: null; refusals: Refusal[] };

const LONGEST_REASON = 1000;

/**
 * Withdraws an invoice of the transaction's company for good. What a month charged is given back; what was paid stays on the
 * account. Must be rolled back where it was refused.
 */
export async function voidInvoice(
  transaction: Transaction,
  request: { invoiceId: string; expectedRevision: number; reason: string },
  by: StaffMember,
  now: number,
): Promise<VoidedInvoice> {
  await readCompany(transaction);
  const reason = request.reason.trim();
  if (reason === '' || Array.from(reason).length > LONGEST_REASON || !reason.isWellFormed() || reason.includes('\0')) {
    const message = `reason: say why it is withdrawn, in 1 to ${LONGEST_REASON} characters.`;
    return { invoiceId: null, refusals: [{ field: ['input', 'reason'], code: 'INVALID_REASON', message }] };
  }
  const account = await lockAccount(transaction);
  const invoice = await lockExpected(transaction, request);
  if ('refusal' in invoice) return { invoiceId: null, refusals: [invoice.refusal] };
  await updateInvoice(transaction, invoice.id, sql`status = 'VOID'`, now);
  const amountMicros = BigInt(invoice.amount_micros);
  if (invoice.kind === 'MONTHLY' && amountMicros !== 0n) {
    await book(transaction, account, { type: 'ADJUSTMENT', paidAt: now, amountMicros, invoice, reference: null }, now);
  }
  await recordStaffAct(transaction, { kind: 'INVOICE_VOIDED', by, invoiceId: invoice.id, comment: reason }, now);
  await recordChange(transaction, { kind: 'INVOICE_VOIDED', invoiceId: invoice.id }, now);
  return { invoiceId: invoice.id, refusals: [] };
}
