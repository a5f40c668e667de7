import type { Company } from '#platform/companies';
import type { PeriodInput } from '#platform/graphql';
import type { Population } from '#platform/statistics';
import { resolvePeriod } from '#platform/time';
import { MESSAGES, type MessageFact } from './message.fact.ts';
import { type MessageFilter, messageRestrictions } from './message-filter.ts';

/** The messages that a period and a filter mean for a company at a moment (epoch milliseconds). */
export function messagePopulation(
  company: Company,
  moment: number,
  period: PeriodInput,
  filter: MessageFilter | null | undefined,
): Population<MessageFact> {
  return {
    fact: MESSAGES,
    companyId: company.id,
    axis: filter?.timeAxis ?? 'CREATED_AT',
    period: resolvePeriod(period, { timeZone: company.timeZone, moment }),
    restrictions: messageRestrictions(filter),
  };
}
