import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { PeriodInput, type RequestContext } from '#platform/graphql';
import { requireKnownCallIds } from '../directory/known-ids.ts';
import { directoryLabels } from '../directory/read-labels.ts';
import { legPopulation } from '../load/leg-population.ts';
import { readTrunk } from '../trunks/read-trunks.ts';
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
    const population = callPopulation(company, context.moment, period, filter);
    const transaction = await context.transaction();
    await requireKnownCallIds(transaction, filter);
    return new TelephonyStats({
      transaction,
      company,
      population,
      filter,
      legs: legPopulation(company, population.period, filter),
      maxCallHours: context.config.MAX_CALL_HOURS,
      readTrunk: (id) => readTrunk(context, id),
      readLabels: directoryLabels(transaction),
      isPrevious: false,
    });
  }
}
