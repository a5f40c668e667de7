import { randomUUID } from 'node:crypto';
import { readCompany } from '#platform/companies';
import type { Transaction } from '#platform/database';
import { claimKey } from '#platform/idempotency';
import { type DetailField, missingDetails, readDetails } from '../companies/company-details.ts';
import { keyConflict, keyFault } from '../money/once.ts';
import { type Refusal, readAmount } from '../money/read-amount.ts';
import { greatestAmount } from './invoice-snapshot.ts';
import { type Issuing, issueTopUp } from './issue-invoice.ts';

/** An invoice that was issued, or why it was not. */
export type CreatedInvoice = { invoiceId: string; refusals: [] } | { invoiceId: null; refusals: Refusal[] };

/**
 * Issues a TOP_UP invoice for the transaction's company, with everything that its document will show. Must be rolled back where
 * it was refused: then nothing has happened, and no number is spent.
 */
export async function createInvoice(
  transaction: Transaction,
  request: { amount: string; idempotencyKey: string },
  issuing: Issuing,
): Promise<CreatedInvoice> {
  const company = await readCompany(transaction);
  const amount = readAmount(request.amount, company.currency, { greatest: greatestAmount(issuing.config) });
  const fault = keyFault(request.idempotencyKey);
  if (typeof amount !== 'bigint') return refused(...[amount, fault].filter((one) => one !== undefined));
  if (fault) return refused(fault);

  const id = randomUUID();
  const key = request.idempotencyKey;
  const claim = await claimKey(transaction, { mutation: 'createInvoice', key, input: String(amount), resultId: id });
  const conflict = keyConflict(claim);
  if (conflict) return refused(conflict);
  if (claim.kind === 'repeated') return { invoiceId: claim.resultId, refusals: [] };

  const details = await readDetails(transaction);
  const missing = missingDetails(details);
  if (missing.length > 0) return refused(...missing.map(detailMissing));
  await issueTopUp(transaction, { company, details }, { id, amountMicros: amount }, issuing);
  return { invoiceId: id, refusals: [] };
}

function refused(...refusals: Refusal[]): CreatedInvoice {
  return { invoiceId: null, refusals };
}

function detailMissing(field: DetailField): Refusal {
  return {
    field: ['company', 'details', field],
    code: 'COMPANY_DETAILS_INCOMPLETE',
    message: `${field} is missing in the company's details; fill it in (updateCompanyDetails), then create the invoice.`,
  };
}
