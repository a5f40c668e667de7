import { Arg, Authorized, Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import type { CompanyId } from '#platform/database';
import { answerUsage, PeriodInput, type RequestContext, requireVisibleCompany, UsageLine } from '#platform/graphql';
import { readMessagingUsage } from './read-messaging-usage.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A company that uses the platform. Billing owns it; the statistics subgraphs add its usage.',
})
export class Company {
  @Field(() => ID, { description: 'Its number on the platform.' })
  id: CompanyId;

  constructor(id: CompanyId) {
    this.id = id;
  }

  @Authorized('stats:read', 'staff:finance')
  @Field(() => [UsageLine], {
    nullable: true,
    description:
      'Messages sent, a line for every channel that was used: SMS in parts, all others in messages. Empty where nothing was sent.',
  })
  messagingUsage(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period; the moment of sending places a message.' })
    period: PeriodInput,
  ): Promise<UsageLine[]> {
    return answerUsage(context, this.id, period, readMessagingUsage);
  }
}

/** Resolves a company that another subgraph refers to. Throws NOT_FOUND where the caller may not see it. */
export function resolveCompanyReference({ id }: { id: string }, { identity }: RequestContext): Company {
  return new Company(requireVisibleCompany(identity, id));
}
