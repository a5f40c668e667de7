import { sql, timestamp } from '#platform/database';
import { CHAT_MESSAGES } from '../messages/chat-message.fact.ts';
import { OperatorGrid } from './operator-grid.ts';
import { isCounted, type OperatorPopulation } from './operator-population.ts';

/** Messages of operators, and in how many different dialogues they wrote them. */
export interface OperatorMessages {
  readonly messages: OperatorGrid;
  readonly dialoguesWithMessages: OperatorGrid;
}

/** @param boundaries of the buckets, one more than there are; first and last are the period's ends */
export async function readOperatorMessages(
  population: OperatorPopulation,
  boundaries: readonly number[],
): Promise<OperatorMessages> {
  const { transaction, period, dialogues } = population;
  const rows = await transaction.arrays<[operator: string, bucket: number, messages: string, dialogues: string]>(
    'operators.messages',
    sql`SELECT operator_id, width_bucket(sent_at, ${boundaries.map(timestamp)}::timestamptz[]), count(*), count(DISTINCT dialogue_id)
      FROM ${CHAT_MESSAGES.table} WHERE company_id = ${transaction.companyId} AND author = 'OPERATOR'
        AND sent_at >= ${timestamp(period.from)} AND sent_at < ${timestamp(period.to)}${isCounted(population)}${dialogues}
      GROUP BY 1, 2`,
  );
  const [messages, dialoguesWithMessages] = [0, 1].map(() => new OperatorGrid(boundaries.length - 1)) as [
    OperatorGrid,
    OperatorGrid,
  ];
  for (const [operator, bucket, count, distinct] of rows) {
    messages.add(operator, bucket - 1, Number(count));
    dialoguesWithMessages.add(operator, bucket - 1, Number(distinct));
  }
  return { messages, dialoguesWithMessages };
}
