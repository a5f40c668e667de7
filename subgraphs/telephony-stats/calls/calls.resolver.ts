import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { ConnectionArgs, PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { formatInstant } from '#platform/time';
import { requireKnownCallIds } from '../directory/known-ids.ts';
import { readTrunk } from '../trunks/read-trunks.ts';
import { Bot } from './bot.type.ts';
import { Call, CallConnection } from './call.type.ts';
import { CallFilter } from './call-filter.ts';
import { callPopulation } from './call-population.ts';
import { CALL_LIST, type ListedCall, listCalls } from './list-calls.ts';

@Resolver()
export class CallsResolver {
  @Authorized('stats:read')
  @Query(() => CallConnection, {
    nullable: true,
    description:
      'Exactly the calls that telephonyStats counts for the same period and filter, newest first by their start, then by id ' +
      'descending.',
  })
  async calls(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period; the start of a call places it.' })
    period: PeriodInput,
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Which calls; default: all.' })
    filter: CallFilter | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const company = await context.company();
    const population = callPopulation(company, context.moment, period, filter);
    const page = readPage(args, CALL_LIST);
    const transaction = await context.transaction();
    await requireKnownCallIds(transaction, filter);
    const { edges, ...rest } = await listCalls(transaction, population, page);
    const { timeZone } = population.period;
    const shown = edges.map(({ cursor, node }) => ({
      cursor,
      node: toCall(context, node, timeZone, company.currency),
    }));
    return Object.assign(new CallConnection(), { ...rest, edges: shown });
  }
}

/** A call with its times in the period's zone. */
function toCall(context: RequestContext, row: ListedCall, timeZone: string, currency: string): Call {
  const time = (instant: number | null) => (instant === null ? null : formatInstant(instant, timeZone));
  const fields = {
    id: row.id,
    direction: row.direction,
    status: row.status,
    startedAt: formatInstant(row.started_at, timeZone),
    answeredAt: time(row.answered_at),
    endedAt: time(row.ended_at),
    talkSeconds: row.talk_seconds ?? 0,
    bot: row.bot_id === null ? null : new Bot(row.bot_id),
    operator: row.operator_id === null ? null : { id: row.operator_id },
    evaluation: row.evaluation,
    cause: row.cause,
    price: row.price_micros === null ? null : { amount: formatAmount(row.price_micros, currency), currency },
  };
  return new Call(fields, async () => (row.trunk_id === null ? null : readTrunk(context, row.trunk_id)));
}
