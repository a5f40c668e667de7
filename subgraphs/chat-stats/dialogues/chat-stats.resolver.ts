import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { PeriodInput, type RequestContext } from '#platform/graphql';
import { directoryLabels } from '../directory/label-reader.ts';
import { ChatFilter } from './chat-filter.ts';
import { readChatQuestion } from './chat-population.ts';
import { ChatStats } from './chat-stats.type.ts';

@Resolver()
export class ChatStatsResolver {
  @Authorized('stats:read')
  @Query(() => ChatStats, {
    nullable: true,
    description: 'Counters, breakdowns and series of dialogues and chat messages, of one period and filter.',
  })
  async chatStats(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period.' }) period: PeriodInput,
    @Arg('filter', () => ChatFilter, { nullable: true, description: 'Which dialogues; default: all.' })
    filter?: ChatFilter | null,
  ): Promise<ChatStats> {
    const question = await readChatQuestion(context, period, filter);
    return new ChatStats({ question, readLabels: directoryLabels(context), isPrevious: false });
  }
}
