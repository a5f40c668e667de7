import { Field, InputType } from 'type-graphql';
import type { Company } from '#platform/companies';
import { badInput } from '#platform/errors';
import { PeriodInput, Service, type ServiceName } from '#platform/graphql';
import { resolvePeriod } from '#platform/time';
import type { ReportRestrictions } from './list-reports.ts';
import { ReportStatus } from './report.enums.ts';

@InputType({
  description: 'Which reports are listed. Null, an omitted field and an empty list all mean: no restriction.',
})
export class ReportFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Part of the name, in any case; every character stands for itself.',
  })
  search?: string | null;

  @Field(() => PeriodInput, { nullable: true, description: 'Asked for within this period.' })
  addedAt?: PeriodInput | null;

  @Field(() => [ReportStatus], { nullable: true, description: 'That have one of these statuses now.' })
  statuses?: (keyof typeof ReportStatus)[] | null;

  @Field(() => [Service], { nullable: true, description: 'About one of these services.' })
  services?: ServiceName[] | null;
}

const LONGEST_SEARCH = 200;

/** The filter with its period resolved. Throws BAD_USER_INPUT naming the field at fault. */
export function reportRestrictions(
  filter: ReportFilter | null | undefined,
  company: Company,
  moment: number,
): ReportRestrictions {
  const { search, addedAt, statuses, services } = filter ?? {};
  if (search && (search.length > LONGEST_SEARCH || search.includes('\0') || !search.isWellFormed())) {
    throw badInput(['filter', 'search'], `send at most ${LONGEST_SEARCH} characters of text.`);
  }
  const { timeZone } = company;
  const added = addedAt ? resolvePeriod(addedAt, { timeZone, moment, path: ['filter', 'addedAt'] }) : undefined;
  return { search: search ?? '', added, statuses: statuses ?? [], services: services ?? [] };
}
