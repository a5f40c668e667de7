import { randomUUID } from 'node:crypto';
import { readCompany } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import { sql, type Transaction, timestamp } from '#platform/database';
import { claimKey } from '#platform/idempotency';
import { localDate } from '#platform/time';
import { recordChange } from '../changes/record-change.ts';
import { type DetailField, missingDetails, readDetails } from '../companies/company-details.ts';
import { keyConflict, keyFault } from '../money/once.ts';
import { type Refusal, readAmount } from '../money/read-amount.ts';
import { takeInvoiceNumber } from './invoice-number.ts';
import { buyerOf, greatestAmount, type InvoiceSnapshot, supplierOf, topUpTotals } from './invoice-snapshot.ts';

/** An invoice that was issued, or why it was not. */
export type CreatedInvoice = { invoiceId: string; refusals: [] } | { invoiceId: null; refusals: Refusal[] };

/**
 * Issues a TOP_UP invoice for the transaction's company, with everything that its document will show. Must be rolled back where
 * it was refused: then nothing has happened, and no number is spent.
 */
export async function createInvoice(
  transaction: Transaction,
  request: { amount: string; idempotencyKey: string },
  config: SubgraphSettings,
  now: number,
): Promise<CreatedInvoice> {
  const company = await readCompany(transaction);
  const amount = readAmount(request.amount, company.currency, greatestAmount(config));
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
  const createdOn = localDate(now, company.timeZone);
  const number = await takeInvoiceNumber(transaction, config.INVOICE_NUMBER_FORMAT, 'TOP_UP', createdOn);
  await insertTopUp(transaction, id, {
    number,
    createdAt: now,
    createdOn,
    currency: company.currency,
    supplier: supplierOf(config),
    buyer: buyerOf(details),
    taxRate: config.TAX_RATE,
    ...topUpTotals(amount, config.TAX_RATE, company.currency),
  });
  await recordChange(transaction, { kind: 'INVOICE_CREATED', invoiceId: id }, now);
  return { invoiceId: id, refusals: [] };
}

async function insertTopUp(transaction: Transaction, id: string, snapshot: InvoiceSnapshot): Promise<void> {
  const createdAt = timestamp(snapshot.createdAt);
  await transaction.execute(
    'invoices.insert',
    sql`INSERT INTO invoices (company_id, id, kind, number, status, created_at, updated_at, covers_from, covers_to,
        amount_micros, snapshot)
      VALUES (${transaction.companyId}, ${id}, 'TOP_UP', ${snapshot.number}, 'OPEN', ${createdAt}, ${createdAt}, ${createdAt},
        ${timestamp(snapshot.createdAt + 1)}, ${snapshot.amountMicros}, ${JSON.stringify(snapshot)})`,
  );
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
