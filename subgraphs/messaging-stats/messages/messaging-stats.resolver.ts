import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { PeriodInput, type RequestContext } from '#platform/graphql';
import { MessageFilter } from './message-filter.ts';
import { messagePopulation } from './message-population.ts';
import { MessagingStats } from './messaging-stats.type.ts';

@Resolver()
export class MessagingStatsResolver {
  @Authorized('stats:read')
  @Query(() => MessagingStats, {
    nullable: true,
    description: 'Counters, breakdowns and series of messages over all channels, of one period and filter.',
  })
  async messagingStats(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period.' }) period: PeriodInput,
    @Arg('filter', () => MessageFilter, { nullable: true, description: 'Which messages; default: all.' })
    filter?: MessageFilter | null,
  ): Promise<MessagingStats> {
    const company = await context.company();
    return new MessagingStats({
      transaction: await context.transaction(),
      company,
      population: messagePopulation(company, context.moment, period, filter),
      filter,
      isPrevious: false,
    });
  }
}
