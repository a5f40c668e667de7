import type { UsageQuestion, Used } from '#platform/graphql';
import { FactQuery } from '#platform/statistics';
import { CHAT_MESSAGES } from '../messages/chat-message.fact.ts';

/** Chat messages sent in a period. */
export async function readChatUsage({ transaction, company, period }: UsageQuestion): Promise<Used[]> {
  const population = { fact: CHAT_MESSAGES, companyId: company.id, axis: 'SENT_AT', period, restrictions: [] };
  const { sums } = await new FactQuery({ transaction, population }).totals();
  if (sums.total === 0n) return [];
  return [
    {
      service: 'CHATS',
      unit: 'message',
      quantity: String(sums.total),
      amount: sums.price,
      unpriced: sums.unpriced,
    },
  ];
}
