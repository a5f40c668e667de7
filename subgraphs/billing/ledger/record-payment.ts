import { type Company, readCompany } from '#platform/companies';
import type { Transaction } from '#platform/database';
import { claimKey } from '#platform/idempotency';
import { recordChange } from '../changes/record-change.ts';
import { type InvoiceRow, lockInvoice, writePaid } from '../invoices/invoice.row.ts';
import { keyConflict, keyFault } from '../money/once.ts';
import { GREATEST_MICROS, type Refusal, readAmount } from '../money/read-amount.ts';
import { recordStaffAct } from '../staff/staff-act.row.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import { book, type EntryRow, findEntry, lockAccount } from './ledger.ts';

/** A payment that has come in. */
export interface Payment {
  invoiceNumber: string | null;
  /** Decimal, in the company's currency. */
  amount: string;
  /** Epoch milliseconds. */
  paidAt: number;
  /** What the payment system calls it; unique within the company. */
  reference: string;
  idempotencyKey: string;
  /** Who records it; null for the payment system. */
  staff: StaffMember | null;
}

export interface RecordedPayment {
  company: Company;
  /** The payment's entry, or that of the first payment with its reference; null where it was refused for another reason. */
  entry: EntryRow | null;
  /** After the payment, millionths. */
  balanceMicros: bigint | null;
  refusals: Refusal[];
}

const LONGEST_REFERENCE = 200;
const DAY_MS = 86_400_000;
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * Books a payment on the account of the transaction's company, exactly once by its key and by its reference, and raises what is
 * paid of the invoice that it names. Must be rolled back where it was refused.
 */
export async function recordPayment(transaction: Transaction, payment: Payment, now: number): Promise<RecordedPayment> {
  const company = await readCompany(transaction);
  const refuse = (...refusals: Refusal[]) => ({ company, entry: null, balanceMicros: null, refusals });
  const amount = readAmount(payment.amount, company.currency, { greatest: GREATEST_MICROS });
  const faults = [typeof amount === 'bigint' ? undefined : amount, ...inputFaults(payment, now)];
  const known = faults.filter((fault) => fault !== undefined);
  if (typeof amount !== 'bigint' || known.length > 0) return refuse(...known);

  const account = await lockAccount(transaction);
  const { invoiceNumber, paidAt, reference, idempotencyKey: key } = payment;
  const input = [invoiceNumber, String(amount), paidAt, reference];
  // The entry's own id is not known before it is booked, so the key leads to its reference.
  const claim = await claimKey(transaction, { mutation: 'recordPayment', key, input, resultId: reference });
  const conflict = keyConflict(claim);
  if (conflict) return refuse(conflict);
  const first = await findEntry(transaction, { reference });
  if (first) {
    const refusals = claim.kind === 'repeated' ? [] : [duplicate(reference)];
    return { company, entry: first, balanceMicros: account.balanceMicros, refusals };
  }
  const invoice = invoiceNumber === null ? null : await lockInvoice(transaction, { number: invoiceNumber });
  const refusal = invoiceRefusal(invoiceNumber, invoice);
  if (refusal) return refuse(refusal);
  const entry = await book(
    transaction,
    account,
    { type: 'DEPOSIT', paidAt, amountMicros: amount, invoice: invoice ?? null, reference },
    now,
  );
  if (invoice) await writePaid(transaction, invoice, amount, entry.booked_at);
  if (payment.staff) {
    const act = { kind: 'PAYMENT_RECORDED', by: payment.staff, invoiceId: invoice?.id ?? null, comment: null } as const;
    await recordStaffAct(transaction, act, entry.booked_at);
  }
  const change = { kind: 'PAYMENT_RECORDED', invoiceId: invoice?.id, transactionId: entry.id } as const;
  await recordChange(transaction, change, entry.booked_at);
  return { company, entry, balanceMicros: BigInt(entry.balance_micros), refusals: [] };
}

function inputFaults({ paidAt, reference, idempotencyKey }: Payment, now: number): (Refusal | undefined)[] {
  const length = Array.from(reference).length;
  const isReference =
    reference.trim() !== '' && length <= LONGEST_REFERENCE && reference.isWellFormed() && !reference.includes('\0');
  const isTime = paidAt >= EARLIEST && paidAt <= now + DAY_MS;
  return [
    isTime ? undefined : invalid('paidAt', 'give the time of the payment, from 2000-01-01 to one day ahead of now.'),
    isReference
      ? undefined
      : invalid('reference', `give the payment's reference, of 1 to ${LONGEST_REFERENCE} characters.`),
    keyFault(idempotencyKey),
  ];
}

function invalid(field: 'paidAt' | 'reference', remedy: string): Refusal {
  const code = field === 'paidAt' ? 'INVALID_PAID_AT' : 'INVALID_REFERENCE';
  return { field: ['input', field], code, message: `${field}: ${remedy}` };
}

function duplicate(reference: string): Refusal {
  const message = `reference: the payment ${JSON.stringify(reference)} is booked already, under another key; it is not booked again.`;
  return { field: ['input', 'reference'], code: 'DUPLICATE_REFERENCE', message };
}

function invoiceRefusal(number: string | null, invoice: InvoiceRow | null | undefined): Refusal | undefined {
  const field = ['input', 'invoiceNumber'];
  if (number !== null && !invoice) {
    const message = `invoiceNumber: the company has no invoice ${JSON.stringify(number.slice(0, 100))}; give the number of one of its own, or none.`;
    return { field, code: 'INVOICE_NOT_FOUND', message };
  }
  if (invoice?.status === 'VOID') {
    const message = `invoiceNumber: invoice ${invoice.number} is void and takes no payments; leave the number out to book it on the account.`;
    return { field, code: 'INVOICE_VOID', message };
  }
  return undefined;
}
