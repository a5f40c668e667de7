import type { Company } from '#platform/companies';
import { formatInstant } from '#platform/time';
import { BillingChange } from './billing-change.type.ts';
import type { ChangeRow } from './list-changes.ts';

/** A change as clients see it, with its time in the company's zone. */
export function toBillingChange({ id, timeZone }: Pick<Company, 'id' | 'timeZone'>, row: ChangeRow): BillingChange {
  return Object.assign(new BillingChange(), {
    kind: row.kind,
    at: formatInstant(row.at, timeZone),
    companyId: id,
    invoiceId: row.invoice_id,
    revisionId: row.revision_id,
    transactionId: row.transaction_id,
  });
}
