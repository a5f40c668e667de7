import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { ConnectionArgs, PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { formatInstant } from '#platform/time';
import { FALLS_BACK, fallbackChannelLoader } from './fallback-channel.ts';
import { type ListedMessage, listMessages, messageListName } from './list-messages.ts';
import { Message, MessageConnection } from './message.type.ts';
import { MessageFilter } from './message-filter.ts';
import { messagePopulation } from './message-population.ts';

@Resolver()
export class MessagesResolver {
  @Authorized('stats:read')
  @Query(() => MessageConnection, {
    nullable: true,
    description:
      'Exactly the messages that messagingStats counts for the same period and filter, newest first by the moment that places ' +
      'them in the period, then by id descending.',
  })
  async messages(
    @Ctx() context: RequestContext,
    @Arg('period', () => PeriodInput, { description: 'Which period.' }) period: PeriodInput,
    @Arg('filter', () => MessageFilter, { nullable: true, description: 'Which messages; default: all.' })
    filter: MessageFilter | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const company = await context.company();
    const population = messagePopulation(company, context.moment, period, filter);
    const page = readPage(args, messageListName(population));
    const { edges, ...rest } = await listMessages(await context.transaction(), population, page);
    const { timeZone } = population.period;
    const shown = edges.map(({ cursor, node }) => ({
      cursor,
      node: toMessage(context, node, timeZone, company.currency),
    }));
    return Object.assign(new MessageConnection(), { ...rest, edges: shown });
  }
}

/** A message with its times in the period's zone. */
function toMessage(context: RequestContext, row: ListedMessage, timeZone: string, currency: string): Message {
  const fields = {
    id: row.id,
    channel: row.channel,
    status: row.status,
    createdAt: formatInstant(row.created_at, timeZone),
    sentAt: row.sent_at === null ? null : formatInstant(row.sent_at, timeZone),
    statusAt: formatInstant(row.status_at, timeZone),
    smsParts: row.channel === 'SMS' ? row.sms_parts : null,
    price: row.price_micros === null ? null : { amount: formatAmount(row.price_micros, currency), currency },
    errorCode: row.error_code,
    notificationId: row.notification_id,
  };
  return new Message(fields, async () => {
    if (!FALLS_BACK.includes(row.status)) return null;
    const attempt = { id: row.id, notificationId: row.notification_id, createdAt: row.created_at };
    return context.once(fallbackChannelLoader).load(attempt);
  });
}
