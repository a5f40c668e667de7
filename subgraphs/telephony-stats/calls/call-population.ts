import type { Company } from '#platform/companies';
import { type Sql, sql } from '#platform/database';
import type { PeriodInput } from '#platform/graphql';
import type { Population } from '#platform/statistics';
import { resolvePeriod } from '#platform/time';
import { CALLS, type CallFact } from './call.fact.ts';
import { type CallFilter, callRestrictions, readTalkSeconds } from './call-filter.ts';

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
    conditions: talkConditions(readTalkSeconds(filter)),
  };
}

/** Calls that are not answered, or that run, have no billed seconds and pass no bound. */
function talkConditions({ from, to }: { from: number | null; to: number | null }): Sql[] {
  return [
    ...(from === null ? [] : [sql`talk_seconds >= ${from}`]),
    ...(to === null ? [] : [sql`talk_seconds < ${to}`]),
  ];
}
