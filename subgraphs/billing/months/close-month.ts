import { type Company, readCompany } from '#platform/companies';
import type { Transaction } from '#platform/database';
import type { JobContext } from '#platform/jobs';
import { missingDetails, readDetails } from '../companies/company-details.ts';
import type { UsageSnapshot } from '../invoices/invoice-snapshot.ts';
import { type Issuing, issueMonthly } from '../invoices/issue-invoice.ts';
import { lockAccount } from '../ledger/ledger.ts';
import { logDifferences } from '../reconciliation/log-differences.ts';
import { type Month, monthBefore, monthOf } from './billed-month.ts';
import { findMonthClose, writeMonthClose } from './month-close.row.ts';
import { readUsage } from './read-usage.ts';

/**
 * Closes a month of a company: asks the graph what was used, and issues the invoice, which is charged to the account. Where
 * details are missing, or nothing was used, no number is spent. However often it runs, a month has one invoice.
 * @param month its first day
 */
export async function closeMonth(month: string, context: JobContext): Promise<void> {
  const { companyId, database, graph, config, jobs, clock, signal } = context;
  const company = await database.read(companyId, readCompany);
  const span = monthOf(month, company.timeZone);
  if (span.to > clock.now()) throw new Error(`the month ${month} of company ${companyId} is not over`);
  const known = await database.read(companyId, (transaction) => findMonthClose(transaction, month));
  if (known?.status !== 'INVOICED') {
    const [usage = []] = await readUsage(graph, companyId, [span], signal);
    const issuing = { config, jobs, now: clock.now() };
    await database.write(companyId, (transaction) => settle(transaction, { company, month: span, usage }, issuing));
  }
  await logDifferences(monthBefore(span, company.timeZone).start, context);
}

/** Decides under the account's lock, which whoever closes the same month at the same time waits for. */
async function settle(
  transaction: Transaction,
  { company, month, usage }: { company: Company; month: Month; usage: readonly UsageSnapshot[] },
  issuing: Issuing,
): Promise<void> {
  const account = await lockAccount(transaction);
  if ((await findMonthClose(transaction, month.start))?.status === 'INVOICED') return;
  if (usage.length === 0) return writeMonthClose(transaction, month.start, { status: 'NO_USAGE' });
  const details = await readDetails(transaction);
  const missingFields = missingDetails(details);
  if (missingFields.length > 0) {
    return writeMonthClose(transaction, month.start, { status: 'BLOCKED_DETAILS', missingFields });
  }
  const invoiceId = await issueMonthly(transaction, { company, details }, { ...month, usage }, account, issuing);
  await writeMonthClose(transaction, month.start, { status: 'INVOICED', invoiceId });
}
