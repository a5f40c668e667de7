import { type ServiceName, type UsageQuestion, type Used } from '#platform/graphql';
import { FactQuery } from '#platform/statistics';
import { MESSAGES } from '../messages/message.fact.ts';
import { CHANNELS } from '../messages/message-status.ts';

/** Messages sent in a period, by channel in the order of the channels. */
export async function readMessagingUsage({ transaction, company, period }: UsageQuestion): Promise<Used[]> {
  const population = { fact: MESSAGES, companyId: company.id, axis: 'SENT_AT', period, restrictions: [] };
  const lines = await new FactQuery({ transaction, population }).breakdown(['CHANNEL'], null);
  const channels: readonly ServiceName[] = Object.keys(CHANNELS) as (keyof typeof CHANNELS)[];
  return channels.flatMap((service) =>
    lines
      .filter(({ keys: [channel] }) => channel === service)
      .map(({ sums }) => ({
        service,
        ...(service === 'SMS'
          ? { unit: 'part', quantity: String(sums.smsParts) }
          : { unit: 'message', quantity: String(sums.total) }),
        amount: sums.price,
        unpriced: sums.unpriced,
      })),
  );
}
