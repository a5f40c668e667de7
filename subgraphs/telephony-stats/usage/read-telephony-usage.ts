import type { UsageQuestion, Used } from '#platform/graphql';
import { roundHalfUp } from '#platform/numbers';
import { FactQuery } from '#platform/statistics';
import { CALLS } from '../calls/call.fact.ts';

/** Calls that started in a period and were answered. */
export async function readTelephonyUsage({ transaction, company, period }: UsageQuestion): Promise<Used[]> {
  const restrictions = [{ dimension: 'STATUS', keys: ['ANSWERED'] }];
  const population = { fact: CALLS, companyId: company.id, axis: 'STARTED_AT', period, restrictions };
  const { sums } = await new FactQuery({ transaction, population }).totals();
  if (sums.total === 0n) return [];
  return [
    {
      service: 'CALLS',
      unit: 'minute',
      quantity: (roundHalfUp(sums.talkSeconds, 60n, 2) ?? 0).toFixed(2),
      amount: sums.price,
      unpriced: sums.unpriced,
    },
  ];
}
