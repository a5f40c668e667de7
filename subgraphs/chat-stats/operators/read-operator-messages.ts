import { join, type Sql, sql, timestamp } from '#platform/database';
import { type DividedPeriod, dividePeriod, type Stretch } from '../days/whole-days.ts';
import { CHAT_MESSAGES } from '../messages/chat-message.fact.ts';
import { OperatorGrid } from './operator-grid.ts';
import { isCounted, type OperatorPopulation } from './operator-population.ts';

/** Messages of operators, and in how many different dialogues they wrote them. */
export interface OperatorMessages {
  readonly messages: OperatorGrid;
  readonly dialoguesWithMessages: OperatorGrid;
}

type Row = [operator: string, bucket: number, messages: string, dialogues: string];

/**
 * Reads messages by bucket: of whole days from the sums that are kept of them, unless dialogues are to be told apart; the rest from the
 * messages themselves.
 * @param boundaries of the buckets, one more than there are; first and last are the period's ends
 */
export async function readOperatorMessages(
  population: OperatorPopulation,
  boundaries: readonly number[],
): Promise<OperatorMessages> {
  const { transaction, period, areDialoguesFiltered } = population;
  const grids = {
    messages: new OperatorGrid(boundaries.length - 1),
    dialoguesWithMessages: new OperatorGrid(boundaries.length - 1),
  };
  const add = (rows: readonly Row[], firstBucket: number) => {
    for (const [operator, bucket, messages, dialogues] of rows) {
      grids.messages.add(operator, bucket - 1 + firstBucket, Number(messages));
      grids.dialoguesWithMessages.add(operator, bucket - 1 + firstBucket, Number(dialogues));
    }
  };
  const whole: Stretch = [period.from, period.to];
  const parts = areDialoguesFiltered ? undefined : await dividePeriod(transaction, whole, boundaries);
  if (!parts?.days) {
    add(await transaction.arrays('operators.messages', allMessages(population, boundaries)), 0);
    return grids;
  }
  add(await transaction.arrays('operators.message_days', daysOf(population, parts)), parts.firstBucket);
  if (parts.rest.length > 0) {
    add(await transaction.arrays('operators.message_rest', restOf(population, parts, boundaries)), 0);
  }
  return grids;
}

function allMessages(population: OperatorPopulation, boundaries: readonly number[]): Sql {
  const { from, to } = population.period;
  // Grouped twice instead of counted as distinct: the one is done by hashing, the other by sorting, and takes two to three times as long.
  return sql`SELECT operator_id, bucket, sum(messages), count(*) FROM (
      SELECT operator_id, dialogue_id, width_bucket(sent_at, ${instants(boundaries)}) AS bucket, count(*) AS messages
      FROM ${messagesOf(population, [[from, to]])} GROUP BY 1, 2, 3
    ) AS dialogues GROUP BY 1, 2`;
}

/** A dialogue of a bucket is one whose previous day with a message of the operator lies before the bucket's first day. */
function daysOf(population: OperatorPopulation, { days, firstDays }: DividedPeriod): Sql {
  const edges = sql`${firstDays}::date[]`;
  return sql`SELECT operator_id, bucket, sum(messages), sum(dialogues) FILTER (WHERE gap = 0 OR day - gap < (${edges})[bucket])
    FROM (
      SELECT operator_id, day, gap, dialogues, messages, width_bucket(day, ${edges}) AS bucket FROM operator_days
      WHERE company_id = ${population.transaction.companyId} AND day >= ${days?.first}::date AND day < ${days?.end}::date${isCounted(population)}
    ) AS days GROUP BY 1, 2`;
}

/** Messages outside the whole days, and those dialogues of them that the whole days of their bucket have not counted. */
function restOf(population: OperatorPopulation, { days, rest }: DividedPeriod, boundaries: readonly number[]): Sql {
  const edges = instants(boundaries);
  const { companyId } = population.transaction;
  return sql`SELECT operator_id, bucket, sum(messages), count(*) FILTER (WHERE NOT EXISTS (
      SELECT FROM chat_messages AS counted
      WHERE counted.company_id = ${companyId} AND counted.dialogue_id = rest.dialogue_id AND counted.operator_id = rest.operator_id
        AND sent_at >= greatest((${edges})[bucket], ${timestamp(days?.from ?? 0)})
        AND sent_at < least((${edges})[bucket + 1], ${timestamp(days?.to ?? 0)})
    ))
    FROM (
      SELECT operator_id, dialogue_id, width_bucket(sent_at, ${edges}) AS bucket, count(*) AS messages
      FROM ${messagesOf(population, rest)} GROUP BY 1, 2, 3
    ) AS rest GROUP BY 1, 2`;
}

function messagesOf(population: OperatorPopulation, stretches: readonly Stretch[]): Sql {
  const within = stretches.map(([from, to]) => sql`(sent_at >= ${timestamp(from)} AND sent_at < ${timestamp(to)})`);
  return sql`${CHAT_MESSAGES.table} WHERE company_id = ${population.transaction.companyId} AND author = 'OPERATOR'
    AND (${join(within, sql` OR `)})${isCounted(population)}${population.dialogues}`;
}

function instants(boundaries: readonly number[]): Sql {
  return sql`${boundaries.map(timestamp)}::timestamptz[]`;
}
