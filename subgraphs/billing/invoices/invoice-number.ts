import { sql, type Transaction } from '#platform/database';
import type { InvoiceKind } from './invoice.row.ts';

const KIND_TEXTS: Readonly<Record<InvoiceKind, string>> = { MONTHLY: 'M', TOP_UP: 'T' };

/**
 * Takes the next number of a series. Called last before the commit: the counter stays locked until then, so that a rollback
 * leaves no gap, and nobody waits longer than a commit takes.
 * @param format as INVOICE_NUMBER_FORMAT has it
 * @param createdOn YYYY-MM-DD
 */
export async function takeInvoiceNumber(
  transaction: Transaction,
  format: string,
  kind: InvoiceKind,
  createdOn: string,
): Promise<string> {
  const series = format.replaceAll('{kind}', KIND_TEXTS[kind]).replaceAll('{year}', createdOn.slice(0, 4));
  const [counter] = await transaction.query<{ last_number: string }>(
    'invoice_series.take',
    sql`INSERT INTO invoice_series AS known (series, last_number) VALUES (${series}, 1)
      ON CONFLICT (series) DO UPDATE SET last_number = known.last_number + 1 RETURNING last_number`,
  );
  if (!counter) throw new Error('a series of invoice numbers gave no number');
  return series.replace(/\{seq(?::(\d))?\}/, (_, width?: string) =>
    counter.last_number.padStart(Number(width ?? 1), '0'),
  );
}
