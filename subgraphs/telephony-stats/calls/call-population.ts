import type { Company } from '#platform/companies';
import type { PeriodInput } from '#platform/graphql';
import type { Population } from '#platform/statistics';
import { resolvePeriod } from '#platform/time';
import { CALLS, type CallFact } from './call.fact.ts';
import { type CallFilter, callRanges, callRestrictions } from './call-filter.ts';

/** The calls that a period and a filter mean for a company at a moment (epoch milliseconds). */
export function callPopulation(
  company: Company,
  moment: number,
  period: PeriodInput,
  filter: CallFilter | null | undefined,
): Population<CallFact> {
  return {
    fact: CALLS,
    companyId: company.id,
    axis: 'STARTED_AT',
    period: resolvePeriod(period, { timeZone: company.timeZone, moment }),
    restrictions: callRestrictions(filter),
    ranges: callRanges(filter),
  };
}
