import { randomUUID } from 'node:crypto';
import type { Company } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import type { Transaction } from '#platform/database';
import type { JobQueue } from '#platform/jobs';
import { localDate } from '#platform/time';
import { recordChange } from '../changes/record-change.ts';
import type { CompanyDetails } from '../companies/company-details.ts';
import { enqueueDocuments } from '../documents/make-documents.job.ts';
import { book, type LockedAccount } from '../ledger/ledger.ts';
import { insertInvoice } from './invoice.row.ts';
import { takeInvoiceNumber } from './invoice-number.ts';
import { buyerOf, type InvoiceSnapshot, supplierOf, type UsageSnapshot } from './invoice-snapshot.ts';
import { monthTotals, topUpTotals } from './invoice-totals.ts';

/** A company with details that are complete. */
export interface Buyer {
  company: Company;
  details: CompanyDetails;
}

/** What issuing works with, beside the transaction. */
export interface Issuing {
  config: SubgraphSettings;
  jobs: JobQueue;
  /** Epoch milliseconds. */
  now: number;
}

/** A month to be billed. */
export interface BilledMonth {
  /** First and last day, YYYY-MM-DD. */
  start: string;
  end: string;
  /** [from, to), epoch milliseconds. */
  from: number;
  to: number;
  /** A line for each service that was used. */
  usage: readonly UsageSnapshot[];
}

/** Issues a TOP_UP invoice of an amount that includes tax; nothing is charged. */
export async function issueTopUp(
  transaction: Transaction,
  buyer: Buyer,
  topUp: { id: string; amountMicros: bigint },
  issuing: Issuing,
): Promise<void> {
  const { config, now } = issuing;
  const totals = topUpTotals(topUp.amountMicros, config.TAX_RATE, buyer.company.currency);
  const snapshot = { ...(await begin(transaction, buyer, 'TOP_UP', issuing)), period: null, usage: [], ...totals };
  await insertInvoice(transaction, topUp.id, snapshot, { from: now, to: now + 1 });
  await finish(transaction, topUp.id, issuing);
}

/** Issues the MONTHLY invoice of a month and charges its amount to the account. Gives its id. */
export async function issueMonthly(
  transaction: Transaction,
  buyer: Buyer,
  month: BilledMonth,
  account: LockedAccount,
  issuing: Issuing,
): Promise<string> {
  const { start, end, from, to, usage } = month;
  const id = randomUUID();
  const totals = monthTotals(usage, issuing.config.TAX_RATE, buyer.company.currency);
  const snapshot: InvoiceSnapshot = {
    ...(await begin(transaction, buyer, 'MONTHLY', issuing)),
    period: { start, end, from, to },
    usage: [...usage],
    ...totals,
  };
  await insertInvoice(transaction, id, snapshot, { from, to });
  const charge = {
    type: 'CHARGE' as const,
    paidAt: issuing.now,
    amountMicros: -BigInt(totals.amountMicros),
    invoice: { id, number: snapshot.number },
    reference: null,
  };
  await book(transaction, account, charge, issuing.now);
  await finish(transaction, id, issuing);
  return id;
}

/** Takes the number: from here on only a commit's time may pass, as its counter stays locked. */
async function begin(
  transaction: Transaction,
  { company, details }: Buyer,
  kind: InvoiceSnapshot['kind'],
  { config, now }: Issuing,
) {
  const createdOn = localDate(now, company.timeZone);
  return {
    kind,
    number: await takeInvoiceNumber(transaction, config.INVOICE_NUMBER_FORMAT, kind, createdOn),
    createdAt: now,
    createdOn,
    currency: company.currency,
    supplier: supplierOf(config),
    buyer: buyerOf(details),
    taxRate: config.TAX_RATE,
    revision: null,
  };
}

async function finish(transaction: Transaction, invoiceId: string, { jobs, now }: Issuing): Promise<void> {
  await enqueueDocuments(transaction, jobs, { invoiceId, revision: 0 });
  await recordChange(transaction, { kind: 'INVOICE_CREATED', invoiceId }, now);
}
