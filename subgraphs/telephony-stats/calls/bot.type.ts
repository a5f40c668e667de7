import { Arg, Authorized, Ctx, Directive, Field, ID, ObjectType } from 'type-graphql';
import { PeriodInput, type RequestContext } from '#platform/graphql';
import { resolvePeriod } from '#platform/time';
import { botCallsLoader } from './bot-calls.ts';
import { CallCounters } from './call-counters.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A bot: a script that is used in chats and calls.' })
export class Bot {
  @Field(() => ID, { description: "The platform's id of the bot." })
  id: string;

  constructor(id: string) {
    this.id = id;
  }

  @Authorized('stats:read')
  @Field(() => CallCounters, {
    nullable: true,
    description: 'Totals of the calls that the bot spoke in and that started in a period.',
  })
  async calls(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period; the start of a call places it.' })
    period: PeriodInput,
  ): Promise<CallCounters> {
    const company = await context.company();
    const resolved = resolvePeriod(period, { timeZone: company.timeZone, moment: context.moment });
    const line = await context.once(botCallsLoader).load({ botId: this.id, period: resolved });
    return new CallCounters(line, company.currency);
  }
}

/** Resolves a bot that another subgraph refers to; whether anybody has named its id makes no difference. */
export function resolveBotReference({ id }: { id: string }): Bot {
  return new Bot(id);
}
