import { Arg, Authorized, Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import type { CompanyId } from '#platform/database';
import { answerUsage, PeriodInput, type RequestContext, requireVisibleCompany, UsageLine } from '#platform/graphql';
import { readChatUsage } from './read-chat-usage.ts';

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
    description: 'Chat messages sent, of clients, bots and operators together, in messages. Empty where none was sent.',
  })
  chatUsage(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period; the moment of sending places a message.' })
    period: PeriodInput,
  ): Promise<UsageLine[]> {
    return answerUsage(context, this.id, period, readChatUsage);
  }
}

/** Resolves a company that another subgraph refers to. Throws NOT_FOUND where the caller may not see it. */
export function resolveCompanyReference({ id }: { id: string }, { identity }: RequestContext): Company {
  return new Company(requireVisibleCompany(identity, id));
}
