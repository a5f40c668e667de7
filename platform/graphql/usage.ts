import { type Company, readCompany } from '#platform/companies';
import type { CompanyId, Transaction } from '#platform/database';
import { requireScope } from '#platform/identity';
import { formatAmount } from '#platform/money';
import { type Period as ResolvedPeriod, resolvePeriod } from '#platform/time';
import type { PeriodInput } from './period.types.ts';
import type { RequestContext } from './request-context.ts';
import { type ServiceName, UsageLine } from './shared.types.ts';

/** Whose usage is asked for, and when. */
export interface UsageQuestion {
  readonly transaction: Transaction;
  readonly company: Company;
  readonly period: ResolvedPeriod;
}

/** What was used of one service; `amount` in millionths of the company's currency. */
export interface Used {
  readonly service: ServiceName;
  readonly unit: string;
  readonly quantity: string;
  readonly amount: bigint;
  readonly unpriced: bigint;
}

/** The usage of a company as clients see it. Throws FORBIDDEN where it is another one's and the caller is not finance staff. */
export async function answerUsage(
  context: RequestContext,
  companyId: CompanyId,
  input: PeriodInput,
  read: (question: UsageQuestion) => Promise<Used[]>,
): Promise<UsageLine[]> {
  const { identity, moment } = context;
  if (companyId !== identity.companyId) requireScope(identity, 'staff:finance');
  return context.read(companyId, async (transaction) => {
    const company = await readCompany(transaction);
    const period = resolvePeriod(input, { timeZone: company.timeZone, moment });
    const used = await read({ transaction, company, period });
    return used.map((line) => toUsageLine(line, company.currency));
  });
}

function toUsageLine({ service, unit, quantity, amount, unpriced }: Used, currency: string): UsageLine {
  const money = { amount: formatAmount(amount, currency), currency };
  return Object.assign(new UsageLine(), { service, unit, quantity, amount: money, unpriced: Number(unpriced) });
}
