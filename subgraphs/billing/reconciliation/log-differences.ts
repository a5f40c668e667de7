import { sql } from '#platform/database';
import type { JobContext } from '#platform/jobs';
import { formatMicros } from '#platform/money';
import { INVOICE_COLUMNS, INVOICES, type InvoiceRow } from '../invoices/invoice.row.ts';
import { readUsage } from '../months/read-usage.ts';
import { differs, reconcile } from './reconcile.ts';

/**
 * Logs how the usage of a month has changed since it was billed, where it has: late events are never billed by themselves. Logs
 * a failure too and never throws, as whatever calls it has done its own work.
 * @param month its first day
 */
export async function logDifferences(month: string, context: JobContext): Promise<void> {
  const { companyId, graph, logger, signal } = context;
  try {
    const invoice = await findMonthly(month, context);
    const { period, usage, number } = invoice?.issued ?? {};
    if (!period || !usage) return;
    const [present = []] = await readUsage(graph, companyId, [period], signal);
    const differences = reconcile(usage, present)
      .filter(differs)
      .map(({ service, billed, present: now, differenceMicros }) => ({
        service,
        billed: billed.quantity,
        present: now.quantity,
        difference: formatMicros(differenceMicros),
      }));
    if (differences.length === 0) return;
    logger.warn({ companyId, month, invoice: number, differences }, 'usage has changed since it was billed');
  } catch (err) {
    logger.error({ err, companyId, month }, 'a billed month was not compared with its present usage');
  }
}

/** The month's invoice; undefined where there is none, or it is void. */
async function findMonthly(month: string, { database, companyId }: JobContext): Promise<InvoiceRow | undefined> {
  return database.read(companyId, async (transaction) => {
    const [row] = await transaction.query<InvoiceRow>(
      'invoices.of_month',
      sql`SELECT ${INVOICE_COLUMNS} FROM ${INVOICES} WHERE invoice.company_id = ${companyId}
        AND invoice.period_start = ${month} AND invoice.kind = 'MONTHLY' AND invoice.status <> 'VOID'`,
    );
    return row;
  });
}
