import { randomUUID } from 'node:crypto';
import { readCompany } from '#platform/companies';
import type { Transaction } from '#platform/database';
import type { JobQueue } from '#platform/jobs';
import { localDate } from '#platform/time';
import { recordChange } from '../changes/record-change.ts';
import { enqueueDocuments } from '../documents/make-documents.job.ts';
import { type InvoiceRow, writeRevision } from '../invoices/invoice.row.ts';
import type { InvoiceSnapshot, RevisionReason } from '../invoices/invoice-snapshot.ts';
import { revisedTotals } from '../invoices/invoice-totals.ts';
import { book, lockAccount } from '../ledger/ledger.ts';
import { GREATEST_MICROS, type Refusal, readAmount } from '../money/read-amount.ts';
import { recordStaffAct } from '../staff/staff-act.row.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import { lockExpected } from './expected-revision.ts';
import { insertRevision } from './revision.row.ts';

/** A revision as finance staff asks for it. */
export interface RevisionRequest {
  invoiceId: string;
  expectedRevision: number;
  reason: RevisionReason;
  /** Decimal, tax included; null: stays as it is. */
  amount: string | null;
  /** Decimal. */
  paidAmount: string;
  comment: string | null;
}

/** A revision that was made, or why it was not. */
export type RevisedInvoice =
  | { invoiceId: string; revisionId: string; revision: number; refusals: [] }
  | { invoiceId: null; refusals: Refusal[] };

const LONGEST_COMMENT = 1000;

/**
 * Adds a revision to an invoice of the transaction's company: its documents, its status, and for a month the correction of what
 * was charged. What was issued and revised before stays. Must be rolled back where it was refused.
 */
export async function reviseInvoice(
  transaction: Transaction,
  request: RevisionRequest,
  by: StaffMember,
  { jobs, now }: { jobs: JobQueue; now: number },
): Promise<RevisedInvoice> {
  const company = await readCompany(transaction);
  const amounts = readAmounts(request, company.currency);
  if ('refusals' in amounts) return { invoiceId: null, refusals: amounts.refusals };

  const account = await lockAccount(transaction);
  const invoice = await lockExpected(transaction, request);
  if ('refusal' in invoice) return { invoiceId: null, refusals: [invoice.refusal] };
  const amountMicros = amounts.amount ?? BigInt(invoice.amount_micros);
  const revision = invoice.revision + 1;
  const snapshot = revisedSnapshot(invoice, amountMicros, {
    number: revision,
    reason: request.reason,
    revisedAt: now,
    revisedOn: localDate(now, company.timeZone),
    statedMicros: String(amounts.paidAmount),
    comment: cleanComment(request.comment),
  });
  const id = randomUUID();
  await insertRevision(transaction, { id, invoiceId: invoice.id, snapshot, by });
  const written = { number: revision, amountMicros, statedMicros: amounts.paidAmount };
  await writeRevision(transaction, invoice, written, now);
  const correction = BigInt(invoice.amount_micros) - amountMicros;
  if (invoice.kind === 'MONTHLY' && correction !== 0n) {
    const entry = { type: 'ADJUSTMENT' as const, paidAt: now, amountMicros: correction, invoice, reference: null };
    await book(transaction, account, entry, now);
  }
  const comment = snapshot.revision?.comment ?? null;
  await recordStaffAct(transaction, { kind: 'INVOICE_REVISED', by, invoiceId: invoice.id, comment }, now);
  await enqueueDocuments(transaction, jobs, { invoiceId: invoice.id, revision });
  await recordChange(transaction, { kind: 'INVOICE_REVISED', invoiceId: invoice.id, revisionId: id }, now);
  return { invoiceId: invoice.id, revisionId: id, revision, refusals: [] };
}

/** The document as issued, with other amounts and the mark of the revision. */
function revisedSnapshot(
  { issued }: InvoiceRow,
  amountMicros: bigint,
  revision: NonNullable<InvoiceSnapshot['revision']>,
): InvoiceSnapshot {
  return { ...issued, ...revisedTotals(issued, amountMicros), revision };
}

function readAmounts(
  { amount, paidAmount, comment }: RevisionRequest,
  currency: string,
): { amount: bigint | null; paidAmount: bigint } | { refusals: Refusal[] } {
  const rules = { greatest: GREATEST_MICROS, mayBeZero: true };
  const given = amount === null ? null : readAmount(amount, currency, rules);
  const paid = readAmount(paidAmount, currency, { ...rules, field: 'paidAmount' });
  const refusals = [given, paid, commentFault(comment)].filter((one) => one !== null && typeof one === 'object');
  if (refusals.length > 0) return { refusals: refusals as Refusal[] };
  return { amount: given as bigint | null, paidAmount: paid as bigint };
}

function cleanComment(comment: string | null): string | null {
  return comment?.trim() || null;
}

function commentFault(comment: string | null): Refusal | null {
  if (comment === null) return null;
  const isText = comment.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(comment);
  if (isText && Array.from(comment).length <= LONGEST_COMMENT) return null;
  const message = `comment: give a plain text of at most ${LONGEST_COMMENT} characters.`;
  return { field: ['input', 'comment'], code: 'INVALID_COMMENT', message };
}
