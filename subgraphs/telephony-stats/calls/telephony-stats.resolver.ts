import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { PeriodInput, type RequestContext } from '#platform/graphql';
import { CallFilter } from './call-filter.ts';
import { callPopulation } from './call-population.ts';
import { TelephonyStats } from './telephony-stats.type.ts';

@Resolver()
export class TelephonyStatsResolver {
  @Authorized('stats:read')
  @Query(() => TelephonyStats, {
    nullable: true,
    description: 'Counters, breakdowns and series of calls, of one period and filter.',
  })
  async telephonyStats(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period; the start of a call places it.' })
    period: PeriodInput,
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Which calls; default: all.' })
    filter?: CallFilter | null,
  ): Promise<TelephonyStats> {
    const company = await context.company();
    return new TelephonyStats({
      transaction: await context.transaction(),
      company,
      population: callPopulation(company, context.moment, period, filter),
      readLabels: async () => new Map(),
      isPrevious: false,
    });
  }
}
