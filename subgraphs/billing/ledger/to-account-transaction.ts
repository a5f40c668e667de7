import type { Company } from '#platform/companies';
import type { Money } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { formatInstant } from '#platform/time';
import type { EntryRow, TransactionType } from './ledger.ts';

const REASONS: Readonly<Record<TransactionType, string>> = {
  DEPOSIT: 'Payment',
  CHARGE: 'Charge',
  ADJUSTMENT: 'Adjustment',
  REFUND: 'Refund',
};

/** What is needed of a company to show its money and its times. */
export type CompanyView = Pick<Company, 'id' | 'timeZone' | 'currency'>;

/** An amount in millionths as clients see it. */
export function toMoney(micros: bigint | string, currency: string): Money {
  return { amount: formatAmount(micros, currency), currency };
}

/** A balance as clients see it. */
export function toBalance({ timeZone, currency }: CompanyView, micros: bigint, moment: number) {
  return { amount: toMoney(micros, currency), asOf: formatInstant(moment, timeZone) };
}

/** An entry of the ledger as clients see it, with its times in the company's zone. */
export function toAccountTransaction({ id, timeZone, currency }: CompanyView, row: EntryRow) {
  return {
    id: row.id,
    type: row.type,
    date: formatInstant(row.paid_at, timeZone),
    bookedAt: formatInstant(row.booked_at, timeZone),
    base: baseOf(row, currency),
    refill: toMoney(row.amount_micros, currency),
    companyNumber: id,
    balanceAfter: toMoney(row.balance_micros, currency),
    invoiceId: row.invoice_id,
  };
}

/** 'Payment of invoice T-2026-000001: 100.00 EUR, reference 7.' */
function baseOf(row: EntryRow, currency: string): string {
  const reason =
    row.invoice_number === null ? REASONS[row.type] : `${REASONS[row.type]} of invoice ${row.invoice_number}`;
  const size = row.amount_micros.replace('-', '');
  const amount = row.type === 'ADJUSTMENT' ? row.amount_micros : size;
  const reference = row.reference === null ? '' : `, reference ${row.reference}`;
  return `${reason}: ${formatAmount(amount, currency)} ${currency}${reference}`;
}
